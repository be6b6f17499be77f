import type { AppendConflict, AppendResult, StoreFault } from '@keyturn/event-store';
import type Database from 'better-sqlite3';
import * as E from 'fp-ts/Either';
import { makeAppendInTransaction, type AppendRequest } from './appending';

/** Appends that share one transaction at most: bounds how long other processes wait. */
const LARGEST_GROUP = 512;

type Outcome = E.Either<AppendConflict | StoreFault, AppendResult>;

interface Waiting {
  readonly request: AppendRequest;
  readonly settle: (outcome: Outcome) => void;
}

/** Collects the appends of one turn of the event loop and commits them with one flush of the disk. */
export interface GroupCommit {
  readonly append: (request: AppendRequest) => Promise<Outcome>;
  /** Commits what waits, now. */
  readonly flush: () => void;
}

export const makeGroupCommit = (
  db: Database.Database,
  fault: (cause: unknown) => StoreFault,
  onCommitted: () => void,
): GroupCommit => {
  const appendInTransaction = makeAppendInTransaction(db);
  const commitGroup = db.transaction((group: ReadonlyArray<Waiting>) => {
    const now = Date.now();
    return group.map(({ request }) => appendInTransaction(request, now));
  }).immediate;
  const waiting: Waiting[] = [];
  let scheduled = false;

  const commit = (group: ReadonlyArray<Waiting>): void => {
    try {
      const outcomes = commitGroup(group);
      group.forEach(({ settle }, index) => {
        const outcome = outcomes[index];
        if (outcome !== undefined) settle(outcome);
      });
      onCommitted();
    } catch (cause) {
      for (const { settle } of group) settle(E.left(fault(cause)));
    }
  };

  const flush = (): void => {
    scheduled = false;
    while (waiting.length > 0) commit(waiting.splice(0, LARGEST_GROUP));
  };

  return {
    append: (request) =>
      new Promise((settle) => {
        waiting.push({ request, settle });
        if (scheduled) return;
        scheduled = true;
        setImmediate(flush);
      }),
    flush,
  };
};
