import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { VaultFault } from './faults';
import type { ShredGroup, ShredReceipt, Witness } from './vault';

type Receipt = E.Either<VaultFault, Omit<ShredReceipt, 'destroyedAt'>>;
type Judged = E.Either<VaultFault, Witness | null>;

/** The groups whose witness is no fault, in the order given. */
export const goodGroups = (
  groups: ReadonlyArray<ShredGroup>,
  judged: ReadonlyArray<Judged>,
): ReadonlyArray<ShredGroup> =>
  groups.filter((_, place) => {
    const outcome = judged[place];
    return outcome !== undefined && E.isRight(outcome);
  });

/** One receipt for each group: those of the good ones, with the witness, or the fault of the witness. */
export const withWitnesses = (
  judged: ReadonlyArray<Judged>,
  receipts: ReadonlyArray<E.Either<VaultFault, Omit<ShredReceipt, 'destroyedAt' | 'witness'>>>,
): ReadonlyArray<Receipt> => {
  const left = [...receipts];
  return judged.flatMap((outcome): ReadonlyArray<Receipt> => {
    if (E.isLeft(outcome)) return [outcome];
    const receipt = left.shift();
    return receipt === undefined
      ? []
      : [
          pipe(
            receipt,
            E.map((done) => ({ ...done, witness: outcome.right })),
          ),
        ];
  });
};
