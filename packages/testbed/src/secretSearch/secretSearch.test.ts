import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { longRuns } from '../sampling';
import * as fc from 'fast-check';
import { fixedPartsOf, SecretSearch } from '.';

const searchFor = (content: string): SecretSearch => {
  const search = new SecretSearch();
  search.add({ name: 'it', content });
  return search;
};

const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const base64 = (text: string): string => Buffer.from(text, 'latin1').toString('base64');
const percent = (text: string): string => hex(text).replace(/../g, '%$&');

/** Ways to write a part of a secret, behind some other text. */
const WRITINGS: Readonly<Record<string, (part: string, before: string) => string | Buffer>> = {
  'in clear': (part, before) => before + part,
  reversed: (part, before) => before + Array.from(part).reverse().join(''),
  'in hex': (part, before) => before + hex(part),
  'in hex capitals': (part, before) => before + hex(part).toUpperCase(),
  'in base64': (part, before) => base64(`${before}${part}${before}`),
  'in base64url': (part, before) => Buffer.from(`${before}${part}${before}`, 'latin1').toString('base64url'),
  'in UTF-16': (part, before) => Buffer.from(before + part, 'utf16le'),
  'in UTF-16, big end first': (part, before) => Buffer.from(before + part, 'utf16le').swap16(),
  'in a URL': (part, before) => `https://example.org/?q=${before}&k=${encodeURIComponent(part)}`,
  'all percent': (part, before) => before + percent(part).toUpperCase(),
  'in JSON': (part, before) => JSON.stringify({ [before]: part }),
  'in JSON in JSON in JSON': (part, before) =>
    JSON.stringify(JSON.stringify(JSON.stringify({ before, part }))),
  'as unicode escapes': (part, before) => before + hex(part).replace(/../g, '\\u00$&'),
  'in a URL in JSON': (part, before) => JSON.stringify({ url: `${before}"?${encodeURIComponent(part)}` }),
  'in HTML': (part, before) =>
    `<p>${before}` +
    part
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
      .replace(/"/g, '&quot;')
      .replace(/'/g, '&#39;'),
  'as a Buffer prints': (part, before) => `${before} ${inspect(Buffer.from(part, 'latin1'))}`,
  'as a Buffer in JSON': (part, before) => JSON.stringify({ before, part: Buffer.from(part, 'latin1') }),
  'as an array of bytes prints': (part, before) =>
    before + inspect({ part: Uint8Array.from(Buffer.from(part, 'latin1')) }),
};

const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
const secrets = fc.string({ unit: printable, minLength: 16, maxLength: 120 });

describe('eight characters in a row of a secret', () => {
  test.each(Object.entries(WRITINGS))('are found %s', (_, write) => {
    fc.assert(
      fc.property(secrets, fc.nat(), fc.stringMatching(/^[a-z ]{0,12}$/), (secret, at, before) => {
        const start = at % (secret.length - 7);
        const written = write(secret.slice(start, start + 8), before);
        const search = searchFor(secret);
        const found =
          typeof written === 'string' ? search.inText('here', written) : search.inBytes('here', written);
        expect(found.length).toBeGreaterThan(0);
        expect(found[0]).toMatchObject({ place: 'here', secret: 'it' });
      }),
      { numRuns: longRuns(150) },
    );
  });

  test('are wanted: seven are not found', () => {
    // In base64 the bits of a neighbour can happen to be right.
    const writings = Object.entries(WRITINGS).flatMap(([name, write]) =>
      name.includes('64') ? [] : [write],
    );
    const distinct = fc.shuffledSubarray(
      Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
      {
        minLength: 16,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(distinct, fc.nat(), fc.constantFrom(...writings), (characters, at, write) => {
        const secret = characters.join('');
        const start = at % (secret.length - 6);
        const written = write(secret.slice(start, start + 7), '~ ~');
        expect(searchFor(secret).inText('here', written.toString('latin1'))).toEqual([]);
      }),
    );
  });

  test('are twelve for a secret that says so', () => {
    const search = new SecretSearch();
    const secret = '0123456789abcdef0123456789abcdef';
    search.add({ name: 'it', content: secret, window: 12 });
    expect(search.inText('here', secret.slice(0, 11))).toEqual([]);
    expect(search.inText('here', secret.slice(0, 12))).toHaveLength(1);
  });

  test('of many secrets are told apart', () => {
    fc.assert(
      fc.property(fc.uniqueArray(secrets, { minLength: 2, maxLength: 20 }), fc.nat(), (all, at) => {
        const search = new SecretSearch();
        all.forEach((content, n) => search.add({ name: `secret ${n}`, content }));
        const n = at % all.length;
        const names = search.inText('here', all[n] ?? '').map(({ secret }) => secret);
        expect(names).toContain(`secret ${n}`);
      }),
      { numRuns: longRuns(30) },
    );
  });
});

test('what all keys of a vendor have is no secret', () => {
  const key = `sk-ant-api03-${'aB3dE6gH'.repeat(11)}12345AA`;
  const search = new SecretSearch();
  search.add({ name: 'it', content: key, fixed: fixedPartsOf(key) });
  expect(search.inText('here', 'keys begin with sk-ant-api03-, then 93 characters')).toEqual([]);
  expect(search.inText('here', key.slice(12, 21))).toHaveLength(1);
});

test('files are searched with their names, through directories, and without following links', () => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-search-'));
  try {
    const secret = 'Wq7-Zr2_Lp9.Xn4+';
    mkdirSync(join(directory, 'a', `named ${secret}`), { recursive: true });
    writeFileSync(
      join(directory, 'a', 'b.bin'),
      Buffer.concat([Buffer.alloc(70_000, 1), Buffer.from(secret)]),
    );
    writeFileSync(join(directory, 'excepted'), secret);
    symlinkSync(join(directory, 'a', 'b.bin'), join(directory, 'link'));
    const search = searchFor(secret);
    const places = search
      .inFilesBelow(directory, new Set([join(directory, 'excepted')]))
      .map(({ place }) => place);
    expect(places.sort()).toEqual(['a/b.bin', `the name of a file below ${directory}`]);
    expect(search.searched.files).toBe(1);
    expect(search.searched.bytes).toBeGreaterThan(70_000);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
