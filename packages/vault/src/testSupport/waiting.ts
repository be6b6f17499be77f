import type { Database } from '../postgres/connection';
import type { Session } from '../postgres/session';
import { succeed } from './outcomes';

/** Waits for a condition; jest's time limit ends it. */
export const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((next) => setTimeout(next, 5));
};

/** A transaction that stays open until it is told how to end. */
export interface OpenTransaction {
  readonly commit: () => Promise<void>;
  readonly rollBack: () => Promise<void>;
}

class RolledBack extends Error {}

/** Does something in a transaction, and leaves it open. */
export const openTransaction = async (
  { transaction }: Database,
  statement: string,
  values: Parameters<Session['query']>[1] = [],
): Promise<OpenTransaction> => {
  let end: (outcome: 'commit' | 'roll-back') => void = () => undefined;
  const told = new Promise<'commit' | 'roll-back'>((resolve) => {
    end = resolve;
  });
  let ended: Promise<unknown> = Promise.resolve();
  await new Promise<void>((done, failed) => {
    ended = transaction(async (session) => {
      await session.query(statement, values);
      done();
      if ((await told) === 'roll-back') throw new RolledBack();
    })();
    void ended.then((outcome) => failed(new Error(JSON.stringify(outcome))));
  });
  const ending = (how: 'commit' | 'roll-back') => async () => {
    end(how);
    await ended;
  };
  return { commit: ending('commit'), rollBack: ending('roll-back') };
};

/** Waits until this many sessions of the database wait for a lock. */
export const untilWaiting = ({ run }: Database, count: number): Promise<void> =>
  until(async () => {
    const { rows } = await succeed(
      run((session) =>
        session.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        ),
      ),
    );
    return rows.length === count;
  });
