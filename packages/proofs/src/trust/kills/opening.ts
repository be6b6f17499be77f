import type { Keyring } from '@keyturn/domain';
import { openVault, Secret, type Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import { createHash } from 'node:crypto';
import { expectRight } from '@keyturn/testbed';
import type { Memory, Pasted } from './memory';
import type { Place } from './place';
import { keyName } from './vaultRows';

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What was pasted, by the fingerprint that the vault gives it. */
const pastesBy = (vault: Vault, { pastes }: Memory): ReadonlyMap<string, Pasted & { digest: string }> =>
  new Map(
    pastes.map((paste) => {
      const secret = Secret.from(paste.secret);
      if (E.isLeft(secret)) throw new Error('a pasted key that is none');
      const digest = digestOf(Buffer.from(paste.secret));
      return [vault.fingerprint(paste.workspaceId, secret.right), { ...paste, digest }] as const;
    }),
  );

/** Of such an answer nobody can tell whether the key is good. */
const TELLS_NOTHING = 'garbage';

/** What opening every key that is not deleted came to. */
export interface Opened {
  readonly keys: number;
  readonly wrong: ReadonlyArray<string>;
}

/**
 * Opens each key that is on file or retired by the real vault, bound as its KeyAdded says, and compares the secret with
 * what was pasted, its state with what its vendor answers; then what commands of runs were given. Opens the vault, and
 * closes it again.
 */
export const openAll = async (
  place: Place,
  keyrings: ReadonlyMap<string, Keyring>,
  memory: Memory,
): Promise<Opened> => {
  const vault = await expectRight(
    openVault({ ...place.vault.at, masterKey: { kind: 'file', path: `${place.data}.master-key` } }),
  );
  try {
    const pasted = pastesBy(vault, memory);
    const wrong: string[] = [];
    let keys = 0;
    const digests = new Map<string, string>();
    for (const [workspaceId, keyring] of keyrings) {
      for (const { keyId, vendor, endpoint, fingerprint, status } of keyring.keys.values()) {
        const name = keyName(workspaceId, keyId);
        const paste = pasted.get(fingerprint);
        digests.set(name, paste?.digest ?? 'nothing that was pasted');
        if (status === 'hard-deleted') continue;
        const binding = { workspaceId, keyId, vendor, endpoint, fingerprint };
        const opened = await pipe(
          vault.open<never, string>(
            { authorise: TE.right(binding), confirm: () => TE.right(undefined) },
            (secret) => TE.right(secret.use(digestOf)),
          ),
          TE.mapLeft(({ code }) => code),
        )();
        keys += 1;
        if (E.isLeft(opened)) wrong.push(`key ${name} is ${status} and does not open: ${opened.left}`);
        else if (opened.right !== paste?.digest) wrong.push(`key ${name} opens to another secret`);
        if (status === 'pending' && paste?.answered !== TELLS_NOTHING) {
          wrong.push(`key ${name} has no outcome of its test call after a sweep, and its vendor answers`);
        }
      }
    }
    for (const { digest, workspaceId, ids, command } of memory.facts) {
      if (digest === null || ids.keyId === undefined) continue;
      if (digest !== digests.get(keyName(workspaceId, ids.keyId))) {
        wrong.push(`\`${command} --exec\` was given another secret than that of key ${ids.keyId}`);
      }
    }
    return { keys, wrong };
  } finally {
    await vault.close();
  }
};
