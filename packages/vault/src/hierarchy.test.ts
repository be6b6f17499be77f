import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { box } from './box';
import { VaultFault } from './faults';
import { guarded } from './guarded';
import {
  newDataKey,
  newWorkspaceKey,
  openDataKey,
  openSecret,
  openWorkspaceKey,
  resealDataKey,
  sealSecret,
  sealWorkspaceKey,
} from './hierarchy';
import { encodeContent } from './sealedContent';
import type { KeyBinding } from './vault';

const under = Buffer.alloc(32, 1);
const other = Buffer.alloc(32, 2);
const ref = { workspaceId: 'acme', keyId: 'key-1' };
const name = { deploymentId: 'd', workspaceId: 'acme', sealedIn: 2, madeIn: 1 };

describe('a key below another', () => {
  test.each([0, 31, 33])('that has %d bytes is none, however it was sealed', (length) => {
    const key = Buffer.alloc(length, 7);
    const workspaceKey = box(under, { purpose: 'workspace-key', aad: ['d', 'acme', '2', '1'] }, key);
    const dataKey = box(under, { purpose: 'data-key', aad: ['d', 'acme', 'key-1'] }, key);
    expect(openWorkspaceKey(under, name, workspaceKey)).toBeNull();
    expect(openDataKey(under, 'd', ref, dataKey)).toBeNull();
  });

  test('opens under its own, in its own place, and nowhere else', () => {
    const { key, sealed } = newWorkspaceKey(under, name);
    expect(openWorkspaceKey(under, name, sealed)).toEqual(key);
    expect(openWorkspaceKey(other, name, sealed)).toBeNull();
    const others = [{ deploymentId: 'e' }, { workspaceId: 'umbrella' }, { sealedIn: 3 }, { madeIn: 0 }];
    for (const another of others) expect(openWorkspaceKey(under, { ...name, ...another }, sealed)).toBeNull();
    expect(openDataKey(under, 'd', ref, sealed)).toBeNull();
    const data = newDataKey(under, 'd', ref);
    expect(openDataKey(under, 'd', ref, data.sealed)).toEqual(data.key);
    expect(openDataKey(under, 'd', { ...ref, keyId: 'key-2' }, data.sealed)).toBeNull();
    expect(openDataKey(under, 'd', { ...ref, workspaceId: 'umbrella' }, data.sealed)).toBeNull();
  });

  test('goes from one key to another, and what does not open under the first goes nowhere', () => {
    const workspace = newWorkspaceKey(under, name);
    const moved = sealWorkspaceKey(other, name, workspace.key);
    expect(openWorkspaceKey(other, name, moved)).toEqual(workspace.key);
    expect(openWorkspaceKey(under, name, moved)).toBeNull();
    const data = newDataKey(under, 'd', ref);
    const movedData = resealDataKey([under, other], 'd', ref, data.sealed);
    expect(movedData && openDataKey(other, 'd', ref, movedData)).toEqual(data.key);
    expect(resealDataKey([other, under], 'd', ref, data.sealed)).toBeNull();
  });
});

test('a secret opens for all that it was sealed with, and for nothing else', () => {
  const binding: KeyBinding = { ...ref, vendor: 'openai', endpoint: null, fingerprint: 'f' };
  const sealed = sealSecret(under, 'd', binding, Buffer.from('no-vendor-key-at-all'));
  const read = (altered: Partial<KeyBinding>, deploymentId = 'd') =>
    openSecret(under, deploymentId, { ...binding, ...altered }, sealed, (bytes) =>
      Buffer.from(bytes).toString(),
    );
  expect(read({})).toBe('no-vendor-key-at-all');
  for (const altered of [
    { workspaceId: 'b' },
    { keyId: 'k' },
    { vendor: 'groq' },
    { endpoint: '' },
    { fingerprint: 'g' },
  ]) {
    expect(read(altered)).toBeNull();
  }
  expect(read({}, 'e')).toBeNull();
});

test('a box that fits around content that does not opens to nothing', () => {
  const binding: KeyBinding = { ...ref, vendor: 'openai', endpoint: null, fingerprint: 'f' };
  const context = { purpose: 'secret', aad: ['d', 'acme', 'key-1', 'openai', '0', 'f'] };
  const secret = Buffer.from('no-vendor-key-at-all');
  const opens = (content: Buffer): boolean =>
    openSecret(under, 'd', binding, box(under, context, content), (bytes) => bytes.length) === secret.length;
  expect(opens(encodeContent(binding, secret))).toBe(true);
  expect(opens(encodeContent({ ...binding, keyId: 'key-2' }, secret))).toBe(false);
  expect(opens(Buffer.alloc(256))).toBe(false);
  expect(() => opens(Buffer.alloc(0))).not.toThrow();
});

test('a fault that is thrown becomes a value; a mistake in a program goes through', async () => {
  const fault = new VaultFault('tampered', 'x');
  expect(await guarded(() => 1)()).toEqual(E.right(1));
  expect(
    await guarded(() => {
      throw fault;
    })(),
  ).toEqual(E.left(fault));
  await expect(
    guarded(() => {
      throw new RangeError('a mistake');
    })(),
  ).rejects.toThrow(RangeError);
  expect(fault).toMatchObject({ name: 'VaultFault', _tag: 'VaultFault' });
});
