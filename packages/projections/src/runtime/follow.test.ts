import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { StoreFault } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { left as leftOf } from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { someHistory } from '../testSupport/histories';
import { right, withOnDisk } from '../testSupport/onDisk';

const history = someHistory(80, 5);

const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
};

test('it follows what this and other processes append, until it is told to stop', async () => {
  await withOnDisk(async ({ open, append, store, eventFile }) => {
    const models = await open();
    const stop = new AbortController();
    const running = models.run(stop.signal)();
    const caughtUp = async (): Promise<boolean> =>
      (await right(models.status)).every(({ lag, events }) => lag === 0n && events > 0);
    await append(history.slice(0, 20));
    await until(caughtUp);
    const elsewhere = await right(openSqliteEventStore({ file: eventFile }));
    const [added] = history.slice(20);
    expect(added).toBeDefined();
    await append(history.slice(20));
    await elsewhere.close();
    const head = await right(store.head);
    await until(async () => (await right(models.status)).every(({ position }) => position === head));
    stop.abort();
    expect(await running).toMatchObject({ _tag: 'Right' });
  });
});

test('it keeps its place where nothing matches', async () => {
  await withOnDisk(async ({ open, append, store }) => {
    const models = await open();
    await append(history.slice(0, 20));
    const stop = new AbortController();
    const running = models.run(stop.signal)();
    const atHead = async (): Promise<boolean> => {
      const head = await right(store.head);
      return (await right(models.status)).every(({ position }) => position === head);
    };
    await until(atHead);
    const other = { id: randomUUID(), type: 'Else', data: 'null', metadata: 'null' };
    await right(store.append('another-application', 'any', [other]));
    await until(atHead);
    stop.abort();
    expect(await running).toMatchObject({ _tag: 'Right' });
  });
});

test('a store that is away for a while is tried again', async () => {
  await withOnDisk(async ({ open, append, store }) => {
    let away = 3;
    const shaky = {
      ...store,
      readAll: (options: Parameters<typeof store.readAll>[0]) => async () => {
        away -= 1;
        return away >= 0
          ? leftOf(new StoreFault('unavailable', 'The store is away. Try again.'))
          : store.readAll(options)();
      },
    };
    const models = await open({ store: shaky });
    const last = await append(history);
    const stop = new AbortController();
    const running = models.run(stop.signal)();
    await until(async () => (await right(models.status)).every(({ position }) => position === last));
    stop.abort();
    expect(await running).toMatchObject({ _tag: 'Right' });
  });
});

test('what does not pass by itself ends it', async () => {
  await withOnDisk(async ({ open, store }) => {
    const models = await open({
      store: { ...store, readAll: () => TE.left(new StoreFault('corrupt', 'Damaged.')) },
    });
    await right(
      store.append('keyring-ws-0', 'any', [
        { id: '00000000-0000-5000-8000-00000000ffff', type: 'X', data: '{}', metadata: '{}' },
      ]),
    );
    expect(await models.run(new AbortController().signal)()).toMatchObject({
      _tag: 'Left',
      left: { code: 'store' },
    });
  });
});
