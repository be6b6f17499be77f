import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KEYTURN, runProgram } from './testSupport/keyturnProcess';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
let pristine: string;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.add('acme');
  await shop.run(['runs', 'start', 'run-0', '--workspace', 'acme']);
  await shop.run(['keys', 'list', '--workspace', 'acme']);
  pristine = join(shop.directory, 'pristine');
  cpSync(shop.data, pristine, { recursive: true });
});
beforeEach(() => {
  rmSync(shop.data, { recursive: true });
  cpSync(pristine, shop.data, { recursive: true });
  // In Node 22 and 24 a copied directory has not the mode of the one that was copied.
  for (const path of [shop.data, join(shop.data, 'vault')]) chmodSync(path, 0o700);
  // What a test gave to another user is refused otherwise.
  if (process.getuid?.() === 0) for (const path of [shop.directory, shop.masterKey]) chownSync(path, 0, 0);
});
afterAll(() => shop.close());

const events = (): string => join(shop.data, 'events.sqlite');
const readModels = (): string => join(shop.data, 'read-models.sqlite');

const LIST = ['keys', 'list', '--workspace', 'acme'];
const START = ['runs', 'start', 'run-1', '--workspace', 'acme'];
const HISTORY = ['history', '--workspace', 'acme'];

const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Puts other bytes of the same length in place of a text, everywhere in a file. */
const overwrite = (path: string, text: string, replacement: string): void => {
  const content = readFileSync(path);
  let place = content.indexOf(text);
  if (place < 0 || text.length !== replacement.length) throw new Error(`There is no ${text} to overwrite.`);
  for (; place >= 0; place = content.indexOf(text, place + 1)) content.write(replacement, place, 'latin1');
  writeFileSync(path, content);
};

/** Offsets in a SQLite file's header (https://www.sqlite.org/fileformat.html). */
const USER_VERSION = 60;
const APPLICATION_ID = 68;
const writeHeader = (path: string, offset: number, value: number): void => {
  const content = readFileSync(path);
  content.writeUInt32BE(value, offset);
  writeFileSync(path, content);
};

const expectFault = async (
  words: ReadonlyArray<string>,
  ...codes: ReadonlyArray<string>
): Promise<string> => {
  const { status, document, stderr } = await shop.ask(words);
  expect(codes).toContain(at(document, 'fault', 'code'));
  expect(status).toBe(3);
  expect(stderr).toMatch(/^keyturn: fault \([a-z-]+\): .+[.)]\n(?:On this command line: .+\n)?$/s);
  expect(stderr).not.toContain('    at ');
  return stderr;
};

describe('events that can not be read', () => {
  test.each([
    [
      'broken JSON',
      () => overwrite(events(), '{"keyId":', 'x"keyId":'),
      ['undecodable-event', 'log-damaged'],
    ],
    [
      'another shape',
      () => overwrite(events(), '"last4":', '"last5":'),
      ['undecodable-event', 'log-damaged'],
    ],
    [
      'a newer schema version',
      () => overwrite(events(), '"schemaVersion":1', '"schemaVersion":9'),
      ['undecodable-event', 'log-damaged'],
    ],
    [
      'a type that nobody knows',
      () => overwrite(events(), 'KeyValidated', 'KeySanitized'),
      ['undecodable-event', 'log-damaged'],
    ],
  ])('%s: no command decides on half a history, and nothing is changed', async (_, spoil, codes) => {
    spoil();
    // A read model that has seen the events already would not look at them again.
    rmSync(readModels());
    const before = digest(events());
    await expectFault(LIST, ...codes);
    await expectFault(START, ...codes);
    await expectFault(HISTORY, ...codes);
    expect(digest(events())).toBe(before);
  });

  test('names the event: workspace, revision and stream', async () => {
    overwrite(events(), '"last4":', '"last5":');
    expect(await expectFault(START, 'log-damaged')).toMatch(
      /workspace acme .*event 0 of stream keyring-acme/,
    );
  });
});

describe('files that are not what they were', () => {
  test.each([
    ['an event store of a newer release', () => writeHeader(events(), USER_VERSION, 99), 'newer-version'],
    ['a database of something else', () => writeHeader(events(), APPLICATION_ID, 7), 'corrupt'],
    ['no database at all', () => writeFileSync(events(), 'hello, this is no database'.repeat(99)), 'corrupt'],
    [
      'a directory',
      () => {
        rmSync(events());
        mkdirSync(events());
      },
      'not-writable',
    ],
  ])('the event store: %s', async (_, spoil, code) => {
    spoil();
    await expectFault(LIST, code);
    await expectFault(START, code);
  });

  test('the event store, cut short', async () => {
    writeFileSync(events(), readFileSync(events()).subarray(0, 8_192));
    await expectFault(START, 'corrupt', 'unavailable');
  });

  test.each([
    ['the vault', 'vault/vault.sqlite'],
    ['the vault’s keys', 'vault/vault-keys.sqlite'],
  ])('%s', async (_, file) => {
    writeFileSync(join(shop.data, file), 'hello, this is no database'.repeat(99));
    await expectFault(
      START,
      'tampered',
      'unavailable',
      'not-initialised',
      'incomplete-data-directory',
      'corrupt',
    );
    expect((await shop.run(LIST)).status).toBe(0);
  });

  test('the read models: lists say so, commands go on, and a new file is built from the events', async () => {
    writeFileSync(readModels(), 'hello, this is no database'.repeat(99));
    await expectFault(LIST, 'corrupt');
    expect((await shop.run(START)).status).toBe(0);
    rmSync(readModels());
    expect((await shop.run(LIST)).stdout).toContain('· Default');
  });

  test('the read models of another event store', async () => {
    rmSync(shop.data, { recursive: true });
    await shop.run(['init', '--master-key-file', join(shop.directory, 'other.master-key')]);
    cpSync(join(pristine, 'read-models.sqlite'), readModels());
    await expectFault(LIST, 'other-store');
  });

  test('the data directory is a file', async () => {
    rmSync(shop.data, { recursive: true });
    writeFileSync(shop.data, '');
    await expectFault(LIST, 'not-initialised');
    await expectFault(['init'], 'not-writable', 'not-initialised');
    rmSync(shop.data);
    mkdirSync(shop.data);
  });
});

/** Root may write anywhere: then the command runs as a user that nobody is. */
const NOBODY = 65_534;
const AS_OTHER =
  process.getuid?.() === 0
    ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', process.execPath, KEYTURN]
    : [process.execPath, KEYTURN];
const canRunAsOther =
  spawnSync(AS_OTHER[0] ?? '', [...AS_OTHER.slice(1), '--version'], { env: { PATH: process.env['PATH'] } })
    .status === 0;

/** Why it can't be written, and the command that meets it. */
const READ_ONLY: ReadonlyArray<readonly [string, ReadonlyArray<string>, () => void]> = [
  [
    'something stands in the way of its log',
    [process.execPath, KEYTURN],
    () => {
      mkdirSync(`${events()}-wal`);
      mkdirSync(`${events()}-shm`);
    },
  ],
  ...(canRunAsOther
    ? [
        [
          'its permissions forbid it',
          AS_OTHER,
          () => {
            const names = readdirSync(shop.data, { recursive: true, encoding: 'utf8' });
            const all = [shop.data, shop.masterKey, ...names.map((name) => join(shop.data, name))];
            for (const path of all) chmodSync(path, statSync(path).isDirectory() ? 0o500 : 0o400);
            if (process.getuid?.() !== 0) return;
            for (const path of [shop.directory, ...all]) chownSync(path, NOBODY, NOBODY);
          },
        ] as const,
      ]
    : []),
];

describe('a data directory that can not be written', () => {
  test.each(READ_ONLY)('because %s: nothing is lost', async (_, command, spoil) => {
    spoil();
    const before = digest(events());
    const [file, ...words]: ReadonlyArray<string> = [...command, ...START, '--json'];
    const { status, stdout, stderr } = await runProgram(file ?? '', words, {
      env: shop.env,
      cwd: shop.directory,
    });
    const document: unknown = JSON.parse(stdout);
    expect(stderr).toContain('keyturn: fault (');
    expect(['not-writable', 'unavailable']).toContain(at(document, 'fault', 'code'));
    expect(status).toBe(3);
    expect(digest(events())).toBe(before);
    for (const path of [shop.data, join(shop.data, 'vault')]) chmodSync(path, 0o700);
  });

  // Only root can make what another user may not read, and become that user.
  const describeAsAnother = canRunAsOther && process.getuid?.() === 0 ? describe : describe.skip;

  describeAsAnother('nor read by this user', () => {
    test('is not taken for an empty one', async () => {
      const [file, ...words]: ReadonlyArray<string> = [...AS_OTHER, ...LIST, '--json'];
      const { status, stdout } = await runProgram(file ?? '', words, { env: shop.env });
      const document: unknown = JSON.parse(stdout);
      expect(at(document, 'fault', 'code')).toBe('not-accessible');
      expect(status).toBe(3);
    });
  });
});

describe('a disk that is full', () => {
  const limited = (blocks: number, words: ReadonlyArray<string>, input?: string) =>
    runProgram(
      '/bin/sh',
      ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', process.execPath, KEYTURN, ...words, '--json'],
      {
        env: shop.env,
        cwd: shop.directory,
        ...(input === undefined ? {} : { input }),
      },
    );

  test.each([1, 8, 48])('after %i blocks of 512 bytes: a fault, and nothing is lost', async (blocks) => {
    const { status, stdout, stderr } = await limited(blocks, START);
    const document: unknown = JSON.parse(stdout);
    expect(stderr).toContain('keyturn: fault (');
    expect(at(document, 'fault', 'code')).toBe('not-writable');
    expect(status).toBe(3);
    expect((await shop.ask(HISTORY)).document).toMatchObject({ openRuns: [{ runId: 'run-0' }] });
    expect((await shop.run(START)).status).toBe(0);
  });

  test.each([65, 70])(
    'half-way through an add (%i blocks): what was recorded stays, and the add can be gone on with',
    async (blocks) => {
      const key = shop.sandbox.issueKey('openai');
      const add = ['keys', 'add', '--workspace', 'acme', '--vendor', 'openai'];
      const { status, stdout, stderr } = await limited(blocks, add, key);
      const document: unknown = JSON.parse(stdout);
      // Recorded but for the verdict; or, where the disk cut off a commit, perhaps found whole by the next opening.
      const seen = status === 0 ? at(document, 'validation') : at(document, 'fault', 'code');
      expect([null, 'not-writable', 'outcome-unknown']).toContain(seen);
      expect([0, 3]).toContain(status);
      expect(stderr).toMatch(/keyturn keys validate|keyturn: fault/);
      const again = await shop.ask(add, { input: key });
      const existing = String(
        at(again.document, 'refused', 'facts', 'existing', 'keyId') ?? at(again.document, 'key', 'keyId'),
      );
      expect((await shop.ask(['keys', 'validate', existing, '--workspace', 'acme'])).document).toMatchObject({
        key: { status: 'active', display: `…${key.slice(-4)} · Active` },
      });
    },
  );
});
