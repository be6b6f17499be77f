import { EventStoreDBClient } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEsdbServer } from '../esdbServer';
import { closedAfterEach } from '../testSupport/closedAfterEach';
import { numbered, numbersOf } from '../testSupport/connected';
import { startDevProcess, type DevProcess } from '../testSupport/devProcess';
import { countOf, makeFollowing } from '../testSupport/following';

/** What was said under this heading. */
const said = (output: string, heading: string): string =>
  new RegExp(`^${heading}: +(.*)$`, 'm').exec(output)?.[1] ?? '';

describe('esdb-dev', () => {
  let data: string;
  const closed = closedAfterEach();
  const clients: EventStoreDBClient[] = [];
  const processes: DevProcess[] = [];
  const esdbDev = (...words: ReadonlyArray<string>): DevProcess => {
    const started = startDevProcess(...words);
    processes.push(started);
    return started;
  };
  const clientOf = (output: string): EventStoreDBClient => {
    const client = EventStoreDBClient.connectionString(said(output, 'Connection string'));
    clients.push(client);
    return client;
  };
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'keyturn-esdb-dev-'));
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.dispose()));
    for (const { signal, ended } of processes.splice(0)) {
      signal('SIGKILL');
      await ended;
    }
    await rm(data, { recursive: true });
  });

  test.each<[NodeJS.Signals]>([['SIGINT'], ['SIGTERM']])(
    'says what it is, serves the official client, and ends by itself with 0 after %s',
    async (signal) => {
      const dev = esdbDev('--port', '0');
      const output = await dev.serving;
      expect(output).toContain('For development only.');
      const client = clientOf(output);
      await client.appendToStream('a', numbered(1, 2));
      expect(await numbersOf(client.readStream('a'))).toEqual([1, 2]);

      // What is open must not keep it: a subscription, and a connection that says nothing.
      const following = makeFollowing();
      following.follow(client.subscribeToAll());
      await following.until((heard) => countOf(heard, 'caught-up') === 1);
      const port = Number(new URL(said(output, 'Connection string')).port);
      const silent = connect(port, '127.0.0.1').on('error', () => undefined);
      await new Promise((resolve) => silent.once('connect', resolve));

      dev.signal(signal);
      expect(await dev.ended).toMatchObject({ status: 0, stderr: '' });
      await expect(following.until(() => false)).rejects.toThrow();
    },
  );

  test('with --tls names the certificate and the user, and takes the certificate away again', async () => {
    const dev = esdbDev('--port', '0', '--tls');
    const output = await dev.serving;
    const caFile = said(output, 'Certificate \\(CA\\)');
    expect(existsSync(caFile)).toBe(true);
    expect(said(output, 'Connection string')).toContain(`tlsCAFile=${encodeURIComponent(caFile)}`);
    expect(said(output, 'User')).toBe('admin, password changeit');
    const client = clientOf(output);
    await client.appendToStream('a', numbered(1));
    expect(await numbersOf(client.readStream('a'))).toEqual([1]);
    dev.signal('SIGTERM');
    expect(await dev.ended).toMatchObject({ status: 0 });
    expect(existsSync(caFile)).toBe(false);
  });

  test('with --data has after the next start what it had before', async () => {
    const first = esdbDev('--port', '0', '--data', join(data, 'made'));
    await clientOf(await first.serving).appendToStream('a', numbered(1, 2));
    first.signal('SIGTERM');
    await first.ended;

    const second = await esdbDev('--port', '0', '--data', join(data, 'made')).serving;
    expect(said(second, 'Events')).toBe(`kept in ${join(data, 'made')}`);
    expect(await numbersOf(clientOf(second).readStream('a'))).toEqual([1, 2]);
  });

  test('has what was acknowledged after it was killed', async () => {
    const first = esdbDev('--port', '0', '--data', data);
    await clientOf(await first.serving).appendToStream('a', numbered(1, 2));
    first.signal('SIGKILL');
    await first.ended;
    const second = await esdbDev('--port', '0', '--data', data).serving;
    expect(await numbersOf(clientOf(second).readStream('a'))).toEqual([1, 2]);
  });

  test('without --data keeps nothing', async () => {
    const output = await esdbDev('--port', '0').serving;
    expect(said(output, 'Events')).toBe('in memory, gone when this ends');
    await expect(numbersOf(clientOf(output).readStream('a'))).rejects.toThrow('not found');
  });

  test('refuses a port that is in use with 3', async () => {
    const { port } = await closed(startEsdbServer());
    const ended = await esdbDev('--port', String(port)).ended;
    expect(ended).toEqual({
      status: 3,
      stdout: '',
      stderr: `esdb-dev: Port ${port} is in use. End what listens there, or choose another with --port.\n`,
    });
  });

  test('refuses a directory that another serves from with 3', async () => {
    await closed(startEsdbServer({ data }));
    const { status, stderr } = await esdbDev('--port', '0', '--data', data).ended;
    expect(status).toBe(3);
    expect(stderr).toContain('Is another server using it?');
  });

  test.each([
    [['--port', 'many'], "--port takes a number from 0 to 65535, not 'many'."],
    [['--port', '65536'], '--port takes a number from 0 to 65535'],
    [['--port'], '--port'],
    [['--data', ''], '--data takes a directory.'],
    [['--cluster'], '--cluster'],
    [['leftover'], 'leftover'],
  ])('refuses %j with 2', async (words, because) => {
    const { status, stdout, stderr } = await esdbDev(...words).ended;
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(because);
    expect(stderr).toContain('--help');
  });

  test('explains itself', async () => {
    const { status, stdout, stderr } = await esdbDev('--help').ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const word of ['--port', '--tls', '--data', 'development']) expect(stdout).toContain(word);
  });
});
