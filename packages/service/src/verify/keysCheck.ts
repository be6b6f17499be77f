import {
  KeyId,
  keyringStream,
  listedKeys,
  type KeyEntry,
  type Keyring,
  type WorkspaceId,
} from '@keyturn/domain';
import type { RowListing, SecretChecking, VaultFault, VaultRow } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import type { VerifyFinding, VerifyFindingKind } from './report';
import { finding } from './words';

/** What was read of a workspace: first the rows, then the keyring, so that a row's event is there to be read. */
export interface WorkspaceKeys {
  readonly workspaceId: WorkspaceId;
  readonly rows: ReadonlyArray<VaultRow>;
  readonly keyring: Keyring;
}

/** What of the vault's faults is a row's own: any other ends the verification. */
const OF_A_ROW: Partial<Readonly<Record<VaultFault['code'], VerifyFindingKind>>> = {
  'missing-secret': 'secret-lost-from-vault',
  tampered: 'secret-damaged',
};

const WHAT = {
  'key-lost-from-log':
    'The vault has a row of this key that the log named once, and the log names it no more.',
  'undestroyed-secret': 'The key was hard-deleted, and the vault has its row still.',
} as const;

export interface CheckedKeys {
  readonly opened: number;
  readonly findings: ReadonlyArray<VerifyFinding>;
}

export const makeKeysCheck = (vault: RowListing & SecretChecking) => {
  const opens = async (
    workspaceId: WorkspaceId,
    { keyId, vendor, endpoint, fingerprint, last4 }: KeyEntry,
  ): Promise<E.Either<Fault, VerifyFinding | null>> => {
    const opened = await vault.checkOpens({ workspaceId, keyId, vendor, endpoint, fingerprint })();
    if (E.isRight(opened)) return E.right(null);
    const kind = OF_A_ROW[opened.left.code];
    if (kind === undefined) return opened;
    const what =
      kind === 'secret-lost-from-vault'
        ? `The key …${last4} is on file, and the vault has no secret of it that could be opened.`
        : `The secret of the key …${last4} does not open as what the log says of it.`;
    return E.right(finding(kind, what, { workspaceId, stream: keyringStream(workspaceId), keyId }));
  };

  const ofRows = ({ workspaceId, rows, keyring }: WorkspaceKeys): ReadonlyArray<VerifyFinding> =>
    rows.flatMap(({ keyId, named }) => {
      const key = KeyId.is(keyId) ? keyring.keys.get(keyId) : undefined;
      const burned = KeyId.is(keyId) && keyring.abandonedKeyIds.has(keyId);
      const kind =
        key === undefined
          ? named && !burned
            ? ('key-lost-from-log' as const)
            : null
          : key.status === 'hard-deleted'
            ? ('undestroyed-secret' as const)
            : null;
      const stream = keyringStream(workspaceId);
      return kind === null ? [] : [finding(kind, WHAT[kind], { workspaceId, stream, keyId })];
    });

  /** Every listed key's secret opens, and every row is of a key that the log lists. */
  return async (keys: WorkspaceKeys): Promise<E.Either<Fault, CheckedKeys>> => {
    const findings = [...ofRows(keys)];
    let opened = 0;
    for (const key of listedKeys(keys.keyring)) {
      const one = await opens(keys.workspaceId, key);
      if (E.isLeft(one)) return one;
      if (one.right === null) opened += 1;
      else findings.push(one.right);
    }
    return E.right({ opened, findings });
  };
};
