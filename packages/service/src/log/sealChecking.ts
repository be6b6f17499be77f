import { linkOf, type RecordedEvent, type Seal, type StreamHead } from '@keyturn/event-store';
import type { LogSealing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { Fault } from '../failure';

/** What seals are verified with. */
export type SealChecking = Pick<LogSealing, 'rereadLogKeys' | 'verifySeal'>;

/** Whether a seal lies over a head. Keys are read again once, where a newer one may have made it. */
export const isSealed = async (
  seals: SealChecking,
  { chain }: StreamHead,
  seal: Seal | null,
): Promise<E.Either<Fault, boolean>> => {
  if (seal === null) return E.right(false);
  const verdict = seals.verifySeal(chain, seal);
  if (verdict !== 'unknown-key') return E.right(verdict === 'good');
  const reread = await seals.rereadLogKeys();
  return E.isLeft(reread) ? reread : E.right(seals.verifySeal(chain, seal) === 'good');
};

/** Whether an event bears a good seal for the chain value that it bears. Without `seals` every seal is one. */
export const bearsGoodSeal = (
  seals: Pick<SealChecking, 'verifySeal'> | null,
  { metadata }: RecordedEvent,
): boolean => {
  const link = linkOf(metadata);
  if (link === null || link.seal === null) return false;
  return seals === null || seals.verifySeal(link.chain, link.seal) === 'good';
};
