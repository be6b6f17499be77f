import { randomFillSync } from 'node:crypto';
import { box, unbox, type BoxContext } from './box';
import { KEY_BYTES } from './mac';
import { decodeContent, encodeContent, endpointPart } from './sealedContent';
import type { KeyBinding, SealedKeyRef } from './vault';

/**
 * The levels below the master key: workspace key → data key → secret. Each level is sealed under the one above, and
 * bound to everything that names it, so that a row that was moved does not open. What comes back in clear is the
 * caller's to wipe; null means that the row is not what was sealed for this name.
 */

/** A key in clear, with the form in which it is stored. */
export interface NewKey {
  readonly key: Buffer;
  readonly sealed: Buffer;
}

const newKey = (under: Uint8Array, context: BoxContext): NewKey => {
  const key = randomFillSync(Buffer.alloc(KEY_BYTES));
  return { key, sealed: box(under, context, key) };
};

const unboxKey = (under: Uint8Array, context: BoxContext, sealed: Uint8Array): Buffer | null => {
  const key = unbox(under, context, sealed);
  return key !== null && key.length === KEY_BYTES ? key : null;
};

const ofWorkspace = (deploymentId: string, workspaceId: string): BoxContext => ({
  purpose: 'workspace-key',
  aad: [deploymentId, workspaceId],
});

const ofDataKey = (deploymentId: string, ref: SealedKeyRef): BoxContext => ({
  purpose: 'data-key',
  aad: [deploymentId, ref.workspaceId, ref.keyId],
});

const ofSecret = (deploymentId: string, binding: KeyBinding): BoxContext => ({
  purpose: 'secret',
  aad: [
    deploymentId,
    binding.workspaceId,
    binding.keyId,
    binding.vendor,
    endpointPart(binding.endpoint),
    binding.fingerprint,
  ],
});

export const newWorkspaceKey = (under: Uint8Array, deploymentId: string, workspaceId: string): NewKey =>
  newKey(under, ofWorkspace(deploymentId, workspaceId));

export const openWorkspaceKey = (
  under: Uint8Array,
  deploymentId: string,
  workspaceId: string,
  sealed: Uint8Array,
): Buffer | null => unboxKey(under, ofWorkspace(deploymentId, workspaceId), sealed);

/** The same key, sealed under another; null when it does not open under the first. */
const reseal = (
  [from, to]: readonly [Uint8Array, Uint8Array],
  context: BoxContext,
  sealed: Uint8Array,
): Buffer | null => {
  const key = unboxKey(from, context, sealed);
  if (key === null) {
    return null;
  }
  try {
    return box(to, context, key);
  } finally {
    key.fill(0);
  }
};

/** The same workspace key under another master key. */
export const resealWorkspaceKey = (
  fromTo: readonly [Uint8Array, Uint8Array],
  deploymentId: string,
  workspaceId: string,
  sealed: Uint8Array,
): Buffer | null => reseal(fromTo, ofWorkspace(deploymentId, workspaceId), sealed);

/** The same data key under another workspace key. */
export const resealDataKey = (
  fromTo: readonly [Uint8Array, Uint8Array],
  deploymentId: string,
  ref: SealedKeyRef,
  sealed: Uint8Array,
): Buffer | null => reseal(fromTo, ofDataKey(deploymentId, ref), sealed);

export const newDataKey = (workspaceKey: Uint8Array, deploymentId: string, ref: SealedKeyRef): NewKey =>
  newKey(workspaceKey, ofDataKey(deploymentId, ref));

export const openDataKey = (
  workspaceKey: Uint8Array,
  deploymentId: string,
  ref: SealedKeyRef,
  sealed: Uint8Array,
): Buffer | null => unboxKey(workspaceKey, ofDataKey(deploymentId, ref), sealed);

export const sealSecret = (
  dataKey: Uint8Array,
  deploymentId: string,
  binding: KeyBinding,
  secret: Uint8Array,
): Buffer => {
  const content = encodeContent(binding, secret);
  const sealed = box(dataKey, ofSecret(deploymentId, binding), content);
  content.fill(0);
  return sealed;
};

/** Runs `read` on the secret's bytes, then wipes them; null when the row does not fit the binding. */
export const openSecret = <A>(
  dataKey: Uint8Array,
  deploymentId: string,
  binding: KeyBinding,
  sealed: Uint8Array,
  read: (secret: Uint8Array) => A,
): A | null => {
  const content = unbox(dataKey, ofSecret(deploymentId, binding), sealed);
  if (content === null) {
    return null;
  }
  try {
    const secret = decodeContent(binding, content);
    return secret === null ? null : read(secret);
  } finally {
    content.fill(0);
  }
};
