import { NO_STREAM, type EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEsdbServer } from './esdbServer';
import { closedAfterEach } from './testSupport/closedAfterEach';
import {
  eventsOf,
  numbered,
  numbersOf,
  startConnected,
  untilGiven,
  type Connected,
} from './testSupport/connected';

describe('A server with a data directory', () => {
  let data: string;
  const closed = closedAfterEach();
  const start = (): Promise<Connected> => closed(startConnected({ data }));
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'keyturn-esdb-data-'));
  });
  afterEach(() => rm(data, { recursive: true }));

  const everything = async (client: EventStoreDBClient) =>
    (await eventsOf(client.readAll())).map(({ created, ...event }) => ({
      ...event,
      created: created.getTime(),
    }));

  test('has after the next start what it had before, in the same places', async () => {
    const first = await start();
    const [kept, deleted, ended] = [randomUUID(), randomUUID(), randomUUID()];
    for (const stream of [kept, deleted, ended]) await first.client.appendToStream(stream, numbered(1, 2));
    await first.client.deleteStream(deleted);
    await first.client.tombstoneStream(ended);
    const before = await everything(first.client);
    await first.close();

    const second = await start();
    expect(await everything(second.client)).toEqual(before);
    expect(await numbersOf(second.client.readStream(kept))).toEqual([1, 2]);
    await expect(numbersOf(second.client.readStream(deleted))).rejects.toThrow('not found');
    await expect(numbersOf(second.client.readStream(ended))).rejects.toThrow('is deleted');
  });

  test('knows after a restart what was appended before', async () => {
    const connected = await start();
    const stream = randomUUID();
    const events = numbered(1);
    const append = (client: EventStoreDBClient) =>
      client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
    const first = await append(connected.client);
    connected.server.restart();
    expect(await untilGiven(() => append(connected.client))).toEqual(first);
    expect(await numbersOf(connected.connect().readStream(stream))).toEqual([1]);
  });

  // ES-D5: IndexWriter.cs knows ids that this process wrote as the leader, and looks into no log for others.
  test('does not know after a restart what was appended without a revision', async () => {
    const connected = await start();
    const stream = randomUUID();
    const events = numbered(1);
    const append = (client: EventStoreDBClient) => client.appendToStream(stream, events);
    const first = await append(connected.client);
    expect(await append(connected.client)).toEqual(first);
    connected.server.restart();
    expect(await untilGiven(() => append(connected.client))).toMatchObject({ nextExpectedRevision: 1n });
    expect(await numbersOf(connected.connect().readStream(stream))).toEqual([1, 1]);
  });

  test('goes on behind the last whole batch when it was killed while it wrote', async () => {
    const first = await start();
    await first.client.appendToStream('a', numbered(1, 2));
    await first.close();
    appendFileSync(join(data, 'esdb.log'), '[{"position":"12');

    const second = await start();
    await second.client.appendToStream('a', numbered(3));
    await second.close();
    expect(await numbersOf((await start()).client.readStream('a'))).toEqual([1, 2, 3]);
  });

  test('takes the place of one that was killed', async () => {
    await (await start()).close();
    const dead = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' });
    writeFileSync(join(data, 'esdb.log.lock'), dead.stdout.trim());
    await expect(start()).resolves.toBeDefined();
  });

  test('leaves alone what another release wrote', async () => {
    const path = join(data, 'esdb.log');
    writeFileSync(path, 'keyturn-esdb 2\n[]\n[');
    await expect(startEsdbServer({ data })).rejects.toThrow("can't be read");
    expect(readFileSync(path, 'utf8')).toBe('keyturn-esdb 2\n[]\n[');
  });

  test('shares it with no other server', async () => {
    await closed(startEsdbServer({ data }));
    await expect(startEsdbServer({ data })).rejects.toThrow('Is another server using it?');
  });
});
