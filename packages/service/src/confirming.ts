import type { KeyId } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { Sent } from './context';
import type { Failure } from './failure';
import type { Tested, TestedBefore, TestKey } from './testKey';

/** One rejection of an active key was recorded, and a second one has to confirm it. */
const needsConfirmation = ({ latest }: Tested): boolean =>
  latest.events.some(({ event }) => event.type === 'KeyValidationFailed' && !event.data.disables);

/** Asks a second time after the first rejection of an active key, where `mayAsk` says so: one does not disable it. */
export const confirmed = async (
  testKey: TestKey,
  asked: Sent,
  keyId: KeyId,
  first: Tested,
  mayAsk: () => boolean,
): Promise<E.Either<Failure | TestedBefore, Tested>> => {
  if (!needsConfirmation(first) || !mayAsk()) return E.right(first);
  const second = await testKey(asked, keyId, 'revalidate')();
  return E.isLeft(second) ? second : E.right({ ...second.right, testCalls: 2 });
};
