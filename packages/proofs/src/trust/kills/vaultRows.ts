import type { Keyring } from '@keyturn/domain';
import type { VaultRow } from '../vaultRow';
import type { Memory } from './memory';
import type { Place } from './place';

export const keyName = (workspaceId: string, keyId: string): string => `${workspaceId}/${keyId}`;

/** Remembers the sealed bytes of what is there, to be looked for once it is gone. */
export const noteSealed = async ({ vault }: Place, memory: Memory): Promise<void> => {
  for (const { workspaceId, keyId, sealed } of await vault.rows()) {
    const name = keyName(workspaceId, keyId);
    const known = memory.sealed.get(name) ?? [];
    if (!known.some((blob) => blob.equals(sealed))) memory.sealed.set(name, [...known, sealed]);
  }
};

const KINDS: ReadonlyArray<VaultRow['kind']> = ['sealed secret', 'data key'];

/** Rows without a key in the log, and keys in the log without their rows. To be read after a sweep. */
export const strayRows = (
  rows: ReadonlyArray<VaultRow>,
  keyrings: ReadonlyMap<string, Keyring>,
): ReadonlyArray<string> => {
  const found = new Map<string, number>();
  const wrong: string[] = [];
  for (const { workspaceId, keyId, kind, state } of rows) {
    const name = keyName(workspaceId, keyId);
    const key = [...(keyrings.get(workspaceId)?.keys.values() ?? [])].find((one) => one.keyId === keyId);
    if (key === undefined) wrong.push(`a ${kind} of ${name} is there, and no key in the log`);
    else if (key.status === 'hard-deleted') wrong.push(`a ${kind} of ${name} is there, which is deleted`);
    if (state !== 'live') wrong.push(`the ${kind} of ${name} is ${state} after a sweep`);
    found.set(`${kind} of ${name}`, (found.get(`${kind} of ${name}`) ?? 0) + 1);
  }
  for (const [workspaceId, { keys }] of keyrings) {
    for (const { keyId, status } of keys.values()) {
      if (status === 'hard-deleted') continue;
      for (const kind of KINDS) {
        const count = found.get(`${kind} of ${keyName(workspaceId, keyId)}`) ?? 0;
        if (count !== 1)
          wrong.push(`${count} times a ${kind} of ${keyName(workspaceId, keyId)}, which is ${status}`);
      }
    }
  }
  return wrong;
};
