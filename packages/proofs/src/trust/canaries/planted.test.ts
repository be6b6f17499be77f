import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openSqlite } from '@keyturn/sqlite';
import { pino } from 'pino';
import { expectRight } from '@keyturn/testbed';
import { ALL_KINDS, makeMasterKey, type Canary } from './canary';
import { watchProcess } from './commands/processWatch';
import { onLibrary } from './library/librarySite';
import { withoutOwn } from './ownErrors';
import { makeRandom } from './random';
import { Round } from './round';

let round: Round;
let canary: Canary;
beforeEach(async () => {
  round = await Round.begin(makeRandom(Math.floor(Math.random() * 2 ** 31)));
  canary = round.canary();
});
afterEach(() => round.end());

const found = (): boolean => round.violations.length > 0;
/** Nine characters, which are a window and one more. */
const part = (): string => canary.content.slice(-(canary.window ?? 8) - 1);

describe('a canary is found', () => {
  test.each(ALL_KINDS)('of the kind %s, whole and by its end', (kind) => {
    const { content } = round.canary(kind);
    round.tell('here', `…${content.slice(-4)} is all that may be shown`);
    expect(round.violations).toEqual([]);
    round.tell('here', `key: ${content}`);
    expect(round.violations.every((text) => !text.includes(content.slice(0, 12)))).toBe(true);
    expect(found()).toBe(true);
    round.violations.splice(0);
    round.tell('here', content.slice(-16));
    expect(found()).toBe(true);
  });

  test.each(ALL_KINDS)('of the kind %s: one that belongs somewhere is not taken for another one', (kind) => {
    const [mine, other] = [round.canary(kind), round.canary(kind)];
    round.tell('here', `key: ${mine.content}`, [mine]);
    expect(round.violations).toEqual([]);
    round.tell('here', `key: ${other.content}`, [mine]);
    expect(found()).toBe(true);
  });

  test('that is a master key, or a passphrase', () => {
    const { line, secrets } = makeMasterKey(round.random, 'the');
    secrets.forEach((secret) => round.made(secret));
    round.tell('here', line.slice(24, 36));
    expect(found()).toBe(true);
    round.violations.splice(0);
    round.tell('here', Buffer.from(line.slice(21), 'base64').subarray(10, 18));
    expect(found()).toBe(true);
    round.violations.splice(0);
    round.tell('here', round.passphrase().content.slice(3, 11));
    expect(found()).toBe(true);
  });

  test('in a line of a log', () => {
    const logger = pino(
      { level: 'trace' },
      new Writable({
        write: (line: Buffer, _, done) => {
          round.tell('a log line', line);
          done();
        },
      }),
    );
    logger.trace({ deep: { within: [part()] } }, 'x');
    expect(found()).toBe(true);
  });

  const text = (): string => part();
  test.each<[string, () => unknown]>([
    ['in a message', () => new Error(text())],
    ['in the cause of a cause', () => new Error('a', { cause: new Error('b', { cause: text() }) })],
    ['among several errors', () => new AggregateError([new Error(text())])],
    ['in a member that is not listed', () => Object.defineProperty(new Error('a'), 'key', { value: text() })],
    ['behind a symbol', () => ({ [Symbol('s')]: { key: text() } })],
    ['as a symbol', () => ({ [Symbol(text())]: 1 })],
    ['as a name', () => ({ [text()]: 1 })],
    ['behind a getter', () => Object.defineProperty({}, 'key', { get: text })],
    [
      'behind a getter of its class',
      () =>
        new (class {
          get key(): string {
            return text();
          }
        })(),
    ],
    ['in a Map of Sets', () => new Map([['k', new Set([text()])]])],
    ['in JSON alone', () => ({ toJSON: () => text() })],
    ['in text alone', () => ({ toString: () => text() })],
    ['when it is added to a text', () => ({ [Symbol.toPrimitive]: () => text() })],
    ['when it is inspected', () => ({ [Symbol.for('nodejs.util.inspect.custom')]: () => text() })],
    ['as bytes', () => ({ bytes: Uint8Array.from(Buffer.from(text())) })],
    [
      'as bytes that lie further back',
      () => ({ many: [Buffer.alloc(200), Buffer.from(`${' '.repeat(99)}${text()}`)] }),
    ],
    ['on a function', () => Object.assign(() => 1, { key: text() })],
    ['far down', () => ({ a: { b: { c: { d: { e: { f: { g: text() } } } } } } })],
    ['thrown as it is', () => text()],
  ])('in an object: %s', (_, make) => {
    round.inspect('an object', make());
    expect(found()).toBe(true);
  });

  test('in an event, in the log that SQLite writes ahead', async () => {
    const file = join(round.place('data'), 'events.sqlite');
    const store = await expectRight(openSqliteEventStore({ file }));
    const event = {
      id: '2f1c7b1e-0000-4000-8000-000000000001',
      type: 'T',
      data: JSON.stringify({ label: part() }),
      metadata: '{}',
    };
    await expectRight(store.append('keyring-w', 'no-stream', [event]));
    round.searchFiles();
    expect(found()).toBe(true);
    expect(round.violations.join()).toContain('events.sqlite-wal');
    await store.close();
  });

  test('in a row that was deleted, in a file, and in the name of one', () => {
    const place = round.place('files');
    const db = openSqlite(join(place, 'read-models.sqlite'));
    db.exec('CREATE TABLE t (x TEXT)');
    db.prepare('INSERT INTO t VALUES (?)').run(part());
    db.exec('DELETE FROM t');
    db.close();
    round.searchFiles();
    expect(round.violations.join()).toContain('files/read-models.sqlite');
    round.violations.splice(0);
    const safe = round.canary('Mistral key');
    writeFileSync(join(place, safe.content), '');
    round.searchFiles();
    expect(round.violations.join()).toContain('the name of a file');
  });

  test('in the arguments, the environment and the name of a process, and of those that it starts', async () => {
    const short = round.canary('Mistral key');
    const child = spawn('/bin/sh', ['-c', 'sleep 5 & wait', short.content], { env: { KEY: short.content } });
    const watch = watchProcess(child.pid ?? 0);
    // While a process begins with another program it has no environment yet.
    const seen = (): ReadonlySet<string> =>
      new Set(
        watch
          .look()
          .filter(({ content }) => content.length > 0)
          .map(({ of, kind }) => `${of} ${kind}`),
      );
    while (seen().size < 6) await new Promise((resolve) => setImmediate(resolve));
    child.kill();
    await once(child, 'close');
    const facts = watch.stop();
    for (const { place, content } of facts) round.tell(place, content);
    const places = round.violations.map((violation) => / in (the .*?) there is/.exec(violation)?.[1]);
    expect(places).toEqual(
      expect.arrayContaining([
        'the command line of keyturn',
        'the environment of keyturn',
        'the environment of a process that it started',
      ]),
    );
  });

  test('in a copy of what a caller threw, and not in that itself', () => {
    const own = new Error(part());
    round.inspect('passed on', withoutOwn({ _tag: 'Left', left: new Error('ours', { cause: own }) }, own));
    round.inspect('passed on', withoutOwn(own, own));
    expect(round.violations).toEqual([]);
    round.inspect('copied', withoutOwn(new Error(`ours: ${own.message}`, { cause: own }), own));
    expect(found()).toBe(true);
  });
});

test('a label, a log and a vendor that keep a key are found by the scenarios of the library', async () => {
  await onLibrary(round, async (inWorkspace) => {
    const { ctx, keyturn } = inWorkspace('w');
    const key = round.keyOf('openai', 'valid', 'OpenAI project key').content;
    const other = round.canary('new Azure key').content;
    // A secret that no rule knows as one: kept in an event, a read model, and a log line.
    await keyturn.keys.add(
      { ...ctx, actor: { kind: 'user', id: other.slice(0, 40) } },
      { vendor: 'openai', pasted: key },
    );
  });
  const places = round.violations.join('\n');
  for (const place of ['an event', 'the audit log', 'data/events.sqlite', 'data/read-models.sqlite']) {
    expect(places).toContain(`in ${place}`);
  }
});
