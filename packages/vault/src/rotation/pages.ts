import { setImmediate } from 'node:timers/promises';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';

/** So many rows are changed in one transaction: others wait for it no longer than for any write. */
export const PAGE = 200;

/** Lets the rest of the process have its turn. */
const breathe: TE.TaskEither<never, void> = TE.fromTask(() => setImmediate(undefined));

/** Works through pages of rows until one is empty, or until `work` says that there is no use in going on. */
export const eachPage = <E, A, C>(
  read: (after: C | null) => TE.TaskEither<E, ReadonlyArray<A>>,
  cursorOf: (row: A) => C,
  work: (rows: ReadonlyArray<A>) => TE.TaskEither<E, boolean>,
): TE.TaskEither<E, void> => {
  const from = (after: C | null): TE.TaskEither<E, void> =>
    pipe(
      breathe,
      TE.chain(() => read(after)),
      TE.chain((rows) => {
        const last = rows.at(-1);
        return last === undefined
          ? TE.right(undefined)
          : pipe(
              work(rows),
              TE.chain((goOn) => (goOn ? from(cursorOf(last)) : TE.right(undefined))),
            );
      }),
    );
  return from(null);
};
