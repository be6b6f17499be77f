import { randomUUID } from 'node:crypto';
import type { EventData } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';

/** The right side; a left one is thrown. */
export const right = async <L, A>(task: TaskEither<L, A>): Promise<A> => {
  const result = await task();
  if (E.isRight(result)) return result.right;
  throw result.left instanceof Error ? result.left : new Error(`left: ${JSON.stringify(result.left)}`);
};

/** The left side; a right one is a failure. */
export const left = async <L, A>(task: TaskEither<L, A>): Promise<L> => {
  const result = await task();
  if (E.isLeft(result)) return result.left;
  throw new Error('It went well, and should not have.');
};

export const event = (data: unknown = null): EventData => ({
  id: randomUUID(),
  type: 'Happened',
  data: JSON.stringify(data),
  metadata: '{}',
});

/** What an event was made of. */
export const valueOf = ({ data }: { readonly data: string }): unknown => JSON.parse(data);
