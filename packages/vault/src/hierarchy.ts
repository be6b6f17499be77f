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

/** What a sealed workspace key is bound to: whose it is, and the numbers of two rotations of the master key. */
export interface WorkspaceKeyName {
  readonly deploymentId: string;
  readonly workspaceId: string;
  /** The one that sealed it so, or after which it was sealed. */
  readonly sealedIn: number;
  /** The one that made the key, or after which it was made. */
  readonly madeIn: number;
}

const ofWorkspace = ({ deploymentId, workspaceId, sealedIn, madeIn }: WorkspaceKeyName): BoxContext => ({
  purpose: 'workspace-key',
  aad: [deploymentId, workspaceId, String(sealedIn), String(madeIn)],
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

export const newWorkspaceKey = (under: Uint8Array, name: WorkspaceKeyName): NewKey =>
  newKey(under, ofWorkspace(name));

export const openWorkspaceKey = (
  under: Uint8Array,
  name: WorkspaceKeyName,
  sealed: Uint8Array,
): Buffer | null => unboxKey(under, ofWorkspace(name), sealed);

/** A key that is in clear already, as it is stored. */
export const sealWorkspaceKey = (under: Uint8Array, name: WorkspaceKeyName, key: Uint8Array): Buffer =>
  box(under, ofWorkspace(name), key);

/** The same data key under another workspace key; null when it does not open under the first. */
export const resealDataKey = (
  [from, to]: readonly [Uint8Array, Uint8Array],
  deploymentId: string,
  ref: SealedKeyRef,
  sealed: Uint8Array,
): Buffer | null => {
  const context = ofDataKey(deploymentId, ref);
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
