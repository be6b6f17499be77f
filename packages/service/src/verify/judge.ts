import type { Seal, StreamHead } from '@keyturn/event-store';
import type { LogSealing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';
import type { SealChecking } from '../log/sealChecking';

/** What seals are judged with. */
export type NumberedSeals = SealChecking & Pick<LogSealing, 'logKeyNumber'>;

/** `vouched`: by a key that was replaced, and under the witness. */
export type Verdict = 'good' | 'vouched' | 'bad';

/**
 * Judges the seals of one stream. Log keys are read again once, where a newer one than is held sealed something.
 *
 * @param witnessed - the revision up to which the vault's witness vouches for the stream
 */
export const makeJudge = (seals: NumberedSeals, witnessed: number) => {
  let reread = false;
  return async (head: StreamHead, seal: Seal): Promise<E.Either<Fault, Verdict>> => {
    let verdict = seals.verifySeal(head.chain, seal);
    if (verdict === 'unknown-key' && !reread) {
      reread = true;
      const again = await seals.rereadLogKeys();
      if (E.isLeft(again)) return again;
      verdict = seals.verifySeal(head.chain, seal);
    }
    if (verdict !== 'unknown-key') return E.right(verdict);
    // A key that was replaced is erased. What it sealed is under the witness, or nobody vouches for it.
    const replaced = seal.sealKey < seals.logKeyNumber();
    return E.right(replaced && head.revision <= witnessed ? 'vouched' : 'bad');
  };
};
