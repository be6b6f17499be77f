import { followChain, linkOf, type RecordedEvent, type Seal, type StreamHead } from '@keyturn/event-store';
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

/** The head at an event as it is stored, whatever lies before it; null where it has none. */
export const storedHead = ({ revision, metadata }: RecordedEvent): StreamHead | null => {
  const link = linkOf(metadata);
  return link === null ? null : { revision, chain: link.chain };
};

/** Whether an event follows a head, and a good seal lies over both. */
export const isSealedInPlace = (
  seals: Pick<SealChecking, 'verifySeal'>,
  head: StreamHead,
  event: RecordedEvent,
): boolean => {
  const followed = followChain(head, event);
  if (E.isLeft(followed)) return false;
  const { seal } = followed.right;
  return seal !== null && seals.verifySeal(followed.right.head.chain, seal) === 'good';
};
