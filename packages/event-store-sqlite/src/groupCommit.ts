import { StoreFault } from '@keyturn/event-store';
import type { SqliteConnection } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import { isBusy, whenNotBusy } from './busy';

/** Writes that share one transaction at most: bounds how long other processes, and this one's event loop, wait. */
const LARGEST_GROUP = 512;

/** Collects the writes of one turn of the event loop and commits them with one flush of the disk. */
export interface GroupCommit {
  /**
   * Does the work inside a transaction, and gives its outcome once that is committed. A work that gives a left has
   * written nothing; the others of its group go through. Faults when the transaction as a whole fails.
   */
  readonly write: <L, A>(work: () => E.Either<L, A>) => Promise<E.Either<L | StoreFault, A>>;
  /** Resolves when nothing waits any more. */
  readonly idle: () => Promise<void>;
}

interface Waiting {
  /** Does the work; gives what hands out its outcome. */
  readonly run: () => () => void;
  readonly fail: (fault: StoreFault) => void;
}

interface Faults {
  readonly ofWork: (cause: unknown) => StoreFault;
  readonly ofCommit: (cause: unknown) => StoreFault;
}

export const makeGroupCommit = (
  db: SqliteConnection,
  busyTimeoutMs: number,
  faults: Faults,
  { beforeWork, onCommitted }: { readonly beforeWork: () => void; readonly onCommitted: () => void },
): GroupCommit => {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const rollback = db.prepare('ROLLBACK');
  const waiting: Waiting[] = [];
  const whenIdle: Array<() => void> = [];
  let busy = false;

  /** Does what of a transaction can fail; undoes it then. */
  const undone = <A>(step: () => A, fault: (cause: unknown) => StoreFault): A => {
    try {
      return step();
    } catch (cause) {
      // SQLite has rolled back by itself after some errors.
      if (db.inTransaction) rollback.run();
      throw isBusy(cause) ? cause : fault(cause);
    }
  };

  const transact = (group: ReadonlyArray<Waiting>): ReadonlyArray<() => void> => {
    begin.run();
    const settlements = undone(() => {
      beforeWork();
      return group.map(({ run }) => run());
    }, faults.ofWork);
    undone(() => commit.run(), faults.ofCommit);
    return settlements;
  };

  const flush = async (): Promise<void> => {
    const group = waiting.splice(0, LARGEST_GROUP);
    try {
      const settlements = await whenNotBusy(busyTimeoutMs, () => transact(group));
      for (const settle of settlements) settle();
      onCommitted();
    } catch (cause) {
      const fault = cause instanceof StoreFault ? cause : faults.ofWork(cause);
      for (const { fail } of group) fail(fault);
    }
    next();
  };

  const next = (): void => {
    busy = waiting.length > 0;
    // After the reads of this turn of the event loop, so that whatever they lead to joins the group.
    if (busy) setImmediate(() => void flush());
    else for (const resolve of whenIdle.splice(0)) resolve();
  };

  return {
    write: (work) =>
      new Promise((resolve) => {
        waiting.push({
          run: () => {
            const outcome = work();
            return () => resolve(outcome);
          },
          fail: (fault) => resolve(E.left(fault)),
        });
        if (!busy) next();
      }),
    idle: () => new Promise((resolve) => (busy ? whenIdle.push(resolve) : resolve())),
  };
};
