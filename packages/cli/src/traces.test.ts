import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { csvLine } from './output/csv';
import { jsonLine, shown, shownJson } from './output/shown';
import { readPaste } from './input/stdinSecret';
import { UsageError } from './problems';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.add('acme', 'anthropic', 'valid', ['--as', 'support:grace']);
});
afterAll(() => shop.close());

const W = ['--workspace', 'acme'];
const LIST = ['audit', 'list', ...W];

describe('I-31: a window that is the wrong way round', () => {
  test.each([
    ['2026-11-25', '2026-11-24'],
    ['2026-11-25T10:00:00Z', '2026-11-25T09:59:59Z'],
    ['2026-11-25T10:00:00Z', '2026-11-25T10:00:00Z'],
    ['2026-11-25T10:00:00+02:00', '2026-11-25T07:00:00Z'],
  ])('%s to %s is a mistake', async (since, until) => {
    for (const list of ['list', 'export']) {
      const { status, stdout } = await shop.run(['audit', list, ...W, '--since', since, '--until', until]);
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    }
  });

  test('one day is a window', async () => {
    const { status } = await shop.run([...LIST, '--since', '2026-11-25', '--until', '2026-11-25']);
    expect(status).toBe(0);
  });
});

describe('I-36, V-10: an endpoint override', () => {
  test('is told on every test call, and recorded', async () => {
    const input = shop.sandbox.issueKey('openai');
    const { openai = '' } = shop.sandbox.urls;
    const { document, stderr } = await shop.ask(['keys', 'add', ...W, '--vendor', 'openai'], { input });
    expect(stderr).toContain(`The test call went to ${openai} (KEYTURN_ENDPOINT_OPENAI), and not to OpenAI.`);
    expect(at(document, 'validation', 'endpointOverride')).toBe(openai);
    expect(readFileSync(join(shop.data, 'events.sqlite')).includes(`"endpointOverride":"${openai}"`)).toBe(
      true,
    );
    const keyId = String(at(document, 'key', 'keyId'));
    const again = await shop.run(['keys', 'validate', keyId, ...W]);
    expect(again.stderr).toContain('and not to OpenAI');
  });

  test('is refused for another machine in clear', async () => {
    const input = shop.sandbox.issueKey('openai');
    const { status, document } = await shop.ask(['keys', 'add', ...W, '--vendor', 'openai'], {
      input,
      env: { KEYTURN_ENDPOINT_OPENAI: 'http://10.0.0.7:8080' },
    });
    expect(status).toBe(3);
    expect(at(document, 'fault', 'code')).toBe('bad-endpoint-override');
  });
});

describe('I-39: escape sequences', () => {
  const EVIL = ['\u001b[31mEVIL', '\u009b31mEVIL', 'a\u202eb', 'a\nkeyturn: done', '\u2028', '\u0007'];

  test.each(EVIL)('%j is shown with nothing that a terminal acts on', (text) => {
    expect(shown(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    for (const json of [jsonLine({ text }), shownJson(JSON.stringify({ text }, null, 2))]) {
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(JSON.parse(json)).toEqual({ text });
    }
  });

  test.each([
    ['ESC [', '\u001b[31mEVIL!!!'],
    ['the same in one character', '\u009b31mEVIL!!!'],
  ])('of an event type in the store are printed by no command: %s', async (_, type) => {
    const path = join(shop.data, 'events.sqlite');
    const before = readFileSync(path);
    const content = Buffer.from(before);
    expect(Buffer.byteLength(type)).toBe('KeyValidated'.length);
    for (let place = content.indexOf('KeyValidated'); place >= 0; place = content.indexOf('KeyValidated'))
      content.write(type, place);
    writeFileSync(path, content);
    rmSync(join(shop.data, 'read-models.sqlite'), { force: true });
    try {
      for (const words of [
        ['projections', 'status'],
        ['keys', 'list', ...W],
        ['history', ...W],
        ['runs', 'start', 'r', ...W, '--verbose'],
        [...LIST, '--json'],
      ]) {
        const { stdout, stderr } = await shop.run(words, { env: { KEYTURN_DEBUG: '1' } });
        expect(`${stdout}${stderr}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }
    } finally {
      writeFileSync(path, before);
      rmSync(join(shop.data, 'read-models.sqlite'), { force: true });
    }
  });

  test('typed on the command line are not printed either', async () => {
    const { status, stderr } = await shop.run(['--\u001b[31mEVIL']);
    expect(status).toBe(2);
    expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('I-44: what was told, and not felt', () => {
  test('the login stays known behind --as', async () => {
    const { document } = await shop.ask([...LIST, '--action', 'KeyAdded', '--actor', 'support:grace']);
    expect(at(document, 'entries', 0, 'originRef')).toBe(`login-${userInfo().username}_host-${hostname()}`);
  });

  test('a cell with a semicolon is quoted, and a last 4 is the same in every format', () => {
    expect(csvLine(['x;=1+1', 'a\tb', '=1+1', { literal: '-0AA' }, '-0AA'])).toBe(
      `"x;=1+1","a\tb",'=1+1,-0AA,'-0AA`,
    );
  });

  test('a directory in the place of a key is a usage error', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'keyturn-in-'));
    const fd = openSync(directory, 'r');
    try {
      await expect(readPaste(fd)).rejects.toThrow(UsageError);
      await expect(readPaste(fd)).rejects.toThrow('EISDIR');
    } finally {
      closeSync(fd);
      rmSync(directory, { recursive: true });
    }
  });

  test('the name of an override that nobody has is not repeated', async () => {
    const secret = shop.sandbox.issueKey('anthropic');
    const { status, stderr, stdout } = await shop.run(['sweep', '--json'], {
      env: { [`KEYTURN_ENDPOINT_${secret.replaceAll('-', '_')}`]: 'http://127.0.0.1:1' },
    });
    expect(status).toBe(3);
    expect(`${stdout}${stderr}`.toLowerCase().replaceAll('_', '-')).not.toContain(
      secret.toLowerCase().replaceAll('_', '-').slice(0, 30),
    );
  });

  test('a connection in clear to another machine is told of', async () => {
    const { stderr } = await shop.run(['keys', 'list', ...W], {
      env: { KEYTURN_STORE: 'esdb://db.invalid:2113?tls=false' },
    });
    expect(stderr).toContain('The connection to the event store is in clear (tls=false)');
  });
});
