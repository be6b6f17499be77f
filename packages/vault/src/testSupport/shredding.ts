import { pipe } from 'fp-ts/function';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { VaultFault } from '../faults';
import type { JudgeWitness } from '../storage';
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

/** Leaves all witnesses alone. */
export const NOTHING_KNOWN: JudgeWitness<E.Either<VaultFault, null>> = () => ({
  keep: null,
  outcome: E.right(null),
});
