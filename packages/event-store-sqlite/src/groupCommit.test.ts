import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { openSqlite, SqliteStatement } from '@keyturn/sqlite';
import * as E from 'fp-ts/Either';
import { makeGroupCommit } from './groupCommit';

afterEach(() => {
  jest.restoreAllMocks();
});

const prepared = () => {
  const db = openSqlite(':memory:');
  const runs = jest.spyOn(SqliteStatement.prototype, 'run');
  db.exec('CREATE TABLE numbers (number INTEGER)');
  const insert = db.prepare('INSERT INTO numbers VALUES (?)');
  const fault = (code: 'unavailable' | 'outcome-unknown') => (cause: unknown) =>
    new StoreFault(code, 'failed', { cause });
  let commits = 0;
  const group = makeGroupCommit(
    db,
    1_000,
    { ofWork: fault('unavailable'), ofCommit: fault('outcome-unknown') },
    { beforeWork: () => undefined, onCommitted: () => (commits += 1) },
  );
  return {
    group,
    db,
    write: (number: number) => group.write(() => E.right(insert.run(number).changes)),
    numbers: () => db.pluck('SELECT number FROM numbers ORDER BY number').all(),
    transactions: () =>
      runs.mock.contexts.filter(
        (statement) => statement instanceof SqliteStatement && statement.sql === 'COMMIT',
      ).length,
    announced: () => commits,
  };
};

describe('group commit', () => {
  test('commits the writes of one turn together', async () => {
    const { write, numbers, transactions, announced } = prepared();
    const outcomes = await Promise.all([write(1), write(2), write(3)]);
    expect(outcomes).toEqual([E.right(1), E.right(1), E.right(1)]);
    expect(numbers()).toEqual([1, 2, 3]);
    expect([transactions(), announced()]).toEqual([1, 1]);
  });

  test('begins another transaction for what comes later', async () => {
    const { write, transactions } = prepared();
    await write(1);
    await write(2);
    expect(transactions()).toBe(2);
  });

  test('splits what is too much for one', async () => {
    const { write, numbers, transactions } = prepared();
    await Promise.all(Array.from({ length: 1_100 }, (_, number) => write(number)));
    expect(numbers()).toHaveLength(1_100);
    expect(transactions()).toBe(3);
  });

  test('a refused write leaves the others alone', async () => {
    const { group, write, numbers } = prepared();
    const outcomes = await Promise.all([write(1), group.write(() => E.left('refused')), write(3)]);
    expect(outcomes).toEqual([E.right(1), E.left('refused'), E.right(1)]);
    expect(numbers()).toEqual([1, 3]);
  });

  test('a write that fails undoes its group, and the next group goes through', async () => {
    const { group, write, numbers } = prepared();
    const failing = group.write(() => {
      throw new Error('disk full');
    });
    const outcomes = await Promise.all([write(1), failing, write(3)]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ _tag: 'Left', left: { code: 'unavailable' } });
    }
    expect(numbers()).toEqual([]);
    expect(await write(4)).toEqual(E.right(1));
    expect(numbers()).toEqual([4]);
  });

  test('a failing COMMIT undoes the group, and has a fault of its own', async () => {
    const { group, db, write, numbers } = prepared();
    db.exec(`PRAGMA foreign_keys = ON; CREATE TABLE parents (id INTEGER PRIMARY KEY);
      CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)`);
    const orphan = group.write(() => E.right(db.prepare('INSERT INTO children VALUES (1)').run().changes));
    const outcomes = await Promise.all([write(1), orphan]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ _tag: 'Left', left: { code: 'outcome-unknown' } });
    }
    expect(numbers()).toEqual([]);
    expect(await write(2)).toEqual(E.right(1));
  });

  test('is idle once everything is committed', async () => {
    const { group, write, numbers } = prepared();
    await group.idle();
    void write(1);
    void write(2);
    await group.idle();
    expect(numbers()).toEqual([1, 2]);
  });
});
