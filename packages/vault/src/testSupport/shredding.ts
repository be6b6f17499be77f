import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from '../faults';
import type { SecretShredding, ShredReceipt } from '../vault';

/** Shreds one group of rows. */
export const shred = (
  vault: Pick<SecretShredding, 'shredTogether'>,
  workspaceId: string,
  keyIds: ReadonlyArray<string>,
): TE.TaskEither<VaultFault, ShredReceipt> =>
  pipe(
    vault.shredTogether([{ workspaceId, keyIds }]),
    TE.chainEitherK(([receipt]) => {
      if (receipt === undefined) throw new Error('a shred without its receipt');
      return receipt;
    }),
  );
