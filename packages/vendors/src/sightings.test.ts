import { describe, expect, test } from '@jest/globals';
import { longRuns } from '@keyturn/testbed/sampling';
import fc from 'fast-check';
import { knownSecrets } from './knownSecrets';
import { knownVendors } from './knownVendors';
import { OTHER_SERVICES } from './otherServices';
import { makeSightings, type KnownSecret } from './sightings';
import { SANDBOX_VENDORS } from './vendors/sandboxes';
import { VENDOR_TABLES } from './vendors/tables';

const KNOWN_SECRETS = knownSecrets(VENDOR_TABLES);
const { sightings } = knownVendors().keyForms('nobody');
const seen = (text: string) => sightings(text).map(({ owner, at }) => `${owner}@${at}`);
/** Without what could itself be a beginning. */
const tail = fc.stringMatching(/^[B-Z0-9]{30}$/);
const issued = SANDBOX_VENDORS.filter(({ newKey }) => sightings(newKey()).length > 0);
const anyIssued = fc.constantFrom(...issued);
/** Whether its keys begin with more than chance brings about within another key. */
const beginsLong = (vendor: string): boolean =>
  KNOWN_SECRETS.every(
    ({ owner, beginnings }) => owner !== vendor || beginnings.every(({ length }) => length >= 5),
  );

describe.each(issued.map((vendor) => [vendor.vendor, vendor] as const))(
  'a key of %s',
  (vendor, { newKey }) => {
    test('is recognised as its own, and as one', () => {
      expect(sightings(newKey())).toEqual([
        { at: 0, owner: vendor, isVendor: true, isAdmin: false, isEncoded: false },
      ]);
    });
  },
);

test.each(
  KNOWN_SECRETS.flatMap(({ owner, beginnings }) =>
    beginnings.map((beginning) => [beginning, owner] as const),
  ),
)('V-6: what begins with %s is of %s, wherever it stands by itself', (beginning, owner) => {
  fc.assert(
    fc.property(
      tail,
      fc.constantFrom('', ' ', '"', 'key=', 'x: ', 'https://a/?', '\n', '%20', '\\n', '\\u000a', 'a%0A'),
      (rest, before) => {
        expect(seen(`${before}${beginning}${rest}`)).toEqual([`${owner}@${before.length}`]);
      },
    ),
    { numRuns: longRuns(10) },
  );
});

test('V-6: no beginning is known twice, and none of a service begins as one of a vendor does', () => {
  const all = OTHER_SERVICES.flatMap(({ beginnings }) => beginnings);
  expect(new Set(all).size).toBe(all.length);
  const ofVendors = VENDOR_TABLES.flatMap(({ key }) => key.prefixes);
  expect(
    all.filter((beginning) => ofVendors.some((own) => beginning !== own && beginning.startsWith(own))),
  ).toEqual([]);
});

test('V-6: a phone may begin it with a capital', () => {
  for (const { vendor, newKey } of issued) {
    const key = newKey();
    expect(seen(key.charAt(0).toUpperCase() + key.slice(1))).toEqual([`${vendor}@0`]);
  }
  expect(seen(`Sk_live_${'B0'.repeat(12)}`)).toEqual(['Stripe@0']);
});

test('V-6: a JSON Web Token', () => {
  const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '1234567890' })}.${'aB3'.repeat(14)}`;
  expect(seen(token)).toEqual(['JWT@0']);
  expect(seen(`Bearer ${token}`)).toEqual(['JWT@7']);
  expect(seen(`%20${token}`)).toEqual(['JWT@3']);
  expect(seen(token.replaceAll('.', '-'))).toEqual([]);
});

test('V-1: two keys, with anything or nothing between them', () => {
  fc.assert(
    fc.property(
      anyIssued,
      anyIssued,
      fc.constantFrom('', ',', ' ', '\n', ';', '/', '_'),
      (first, second, between) => {
        fc.pre(!['', '_'].includes(between) || beginsLong(second.vendor));
        const [a, b] = [first.newKey(), second.newKey()];
        expect(seen(`${a}${between}${b}`)).toEqual([
          `${first.vendor}@0`,
          `${second.vendor}@${a.length + between.length}`,
        ]);
      },
    ),
    { numRuns: longRuns(60) },
  );
});

test('V-1: a mark counts as a key of its own, once its own beginning has one', () => {
  const half = 'a1B2c3D4e5F6g7H8i9J0';
  const old = `sk-${half}T3BlbkFJ${half}`;
  expect(seen(old)).toEqual(['openai@0']);
  expect(seen(`${old}${old}`)).toEqual(['openai@0', `openai@${old.length + 23}`]);
  expect(seen(`key: ${old}`)).toEqual(['openai@5']);
  expect(seen(`sk-ant-api03-${old}`)).toEqual(['anthropic@0', 'openai@36']);
});

test('V-1: a key that has its mark in the midst is recognised whole, by what stands around the mark', () => {
  const [before, after] = ['a1B2'.repeat(13), 'c3D4'.repeat(6) + 'e5'];
  const key = `${before}JQQJ99${after}`;
  expect(seen(key)).toEqual(['azure-openai@0']);
  expect(seen(`{"key":"${key}"}`)).toEqual(['azure-openai@8']);
  expect(seen(`${key}${key}`)).toEqual(['azure-openai@0', 'azure-openai@84']);
  expect(seen(`gsk_${'Z'.repeat(52)}${key}`)).toEqual(['groq@0', 'azure-openai@56']);
  for (const part of [key.slice(1), key.slice(0, -1), key.replace('1', '-'), `JQQJ99${after}`, 'JQQJ99']) {
    expect(seen(part)).toEqual([]);
    expect(seen(`${part} ${key}`)).toEqual([`azure-openai@${part.length + 1}`]);
  }
});

describe('a short beginning within a key', () => {
  const known: ReadonlyArray<KnownSecret> = [
    {
      owner: 'a',
      isVendor: true,
      beginnings: ['fw_'],
      adminBeginnings: [],
      mark: null,
      pattern: '^fw_[a-z]{24}$',
    },
    {
      owner: 'b',
      isVendor: true,
      beginnings: ['gsk_'],
      adminBeginnings: [],
      mark: null,
      pattern: '^gsk_[a-z]{24}$',
    },
    { owner: 'c', isVendor: true, beginnings: ['long-key-'], adminBeginnings: [], mark: null, pattern: null },
  ];
  const see = makeSightings(known);
  const body = 'abcdefghijklmnopqrstuvwx';
  const owners = (text: string) => see(text).map(({ owner }) => owner);

  test('comes about by chance', () => {
    expect(owners(`long-key-${body}fw_${body}`)).toEqual(['c']);
    expect(owners(`long-key-${body}gsk_${body}x`)).toEqual(['c']);
  });

  test('is one where a whole key is before it, or from there to the end', () => {
    expect(owners(`fw_${body}gsk_abc`)).toEqual(['a', 'b']);
    expect(owners(`gsk_${body}fw_abc`)).toEqual(['b', 'a']);
    expect(owners(`long-key-${body}gsk_${body}`)).toEqual(['c', 'b']);
    expect(owners(`long-key-${body},fw_abc`)).toEqual(['c', 'a']);
  });
});

describe('V-5: an encoded key', () => {
  const encodings: ReadonlyArray<readonly [string, (key: string) => string]> = [
    ['base64', (key) => Buffer.from(key).toString('base64')],
    ['base64 without padding', (key) => Buffer.from(key).toString('base64').replace(/=/g, '')],
    ['base64 for URLs', (key) => Buffer.from(key).toString('base64url')],
    ['base64 of a line', (key) => Buffer.from(`${key}\n`).toString('base64')],
    ['base64 of a setting', (key) => Buffer.from(`API_KEY=${key}`).toString('base64')],
    [
      'base64 in lines',
      (key) => Buffer.from(`${key} `.repeat(2)).toString('base64').replace(/.{76}/g, '$&\n'),
    ],
    ['base64 twice', (key) => Buffer.from(Buffer.from(key).toString('base64')).toString('base64')],
    ['hexadecimal digits', (key) => Buffer.from(key).toString('hex')],
    ['hexadecimal digits in capitals', (key) => Buffer.from(key).toString('hex').toUpperCase()],
    ['hexadecimal digits as a number', (key) => `0x${Buffer.from(key).toString('hex')}`],
    ['hexadecimal digits behind one', (key) => `f${Buffer.from(key).toString('hex')}`],
    ['base64 in UTF-16', (key) => Buffer.from(key, 'utf16le').toString('base64')],
    ['base64 with a byte order mark', (key) => Buffer.from(`\ufeff${key}`).toString('base64')],
    [
      'base64 of a text with other letters',
      (key) => Buffer.from(`{"name":"Schlüssel","key":"${key}"}`).toString('base64'),
    ],
    ...['x', 'my', 'key-', 'secrets/', 'run_secrets/'].map(
      (front) =>
        [`base64 behind ${front}`, (key: string) => front + Buffer.from(key).toString('base64')] as const,
    ),
  ];

  test.each(encodings)('%s', (_, encode) => {
    for (const { vendor, newKey } of issued) {
      expect(sightings(encode(newKey()))).toEqual([
        { at: 0, owner: vendor, isVendor: true, isAdmin: false, isEncoded: true },
      ]);
      expect(sightings(`apiKey: ${encode(newKey())}`)).toMatchObject([{ at: 8, isEncoded: true }]);
    }
  });

  test('of somebody else, beside a key', () => {
    for (const { vendor, newKey } of issued) {
      const [a, b] = [newKey(), newKey()];
      expect(sightings(`${a} ${Buffer.from(b).toString('base64')}`)).toMatchObject([
        { owner: vendor, isEncoded: false },
        { at: a.length + 1, isEncoded: true },
      ]);
    }
  });

  test('what a key of base64 says of itself is none: AWS signs with an id of its own', () => {
    const tail = 'B'.repeat(16);
    const address = `bedrock.amazonaws.com/?X-Amz-Credential=ASIA${tail}%2F20261128&X-Amz-Signature=${'0a'.repeat(32)}`;
    const encoded = Buffer.from(address).toString('base64');
    expect(seen(`bedrock-api-key-${encoded}`)).toEqual(['aws-bedrock@0']);
    expect(seen(`KEY=bedrock-api-key-${encoded}`)).toEqual(['aws-bedrock@4']);
    expect(sightings(encoded)).toMatchObject([{ owner: 'AWS', isEncoded: true }]);
  });

  test('random bytes are none', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 100 }), (bytes) => {
        expect(sightings(Buffer.from(bytes).toString('base64'))).toEqual([]);
      }),
    );
  });
});

test.each(VENDOR_TABLES.flatMap(({ key }) => key.adminPrefixes))(
  'a key that begins with %s administers an organisation',
  (prefix) => {
    const [rest = ''] = fc.sample(tail, 1);
    expect(sightings(`${prefix}01-${rest}`)).toMatchObject([{ at: 0, isAdmin: true }]);
    expect(sightings(`KEY=${prefix}01-${rest}`)).toMatchObject([{ at: 4, isAdmin: true }]);
  },
);

test('any text gets an answer of two secrets at most, in their order', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(...KNOWN_SECRETS.flatMap(({ beginnings }) => beginnings), 'T3BlbkFJ', 'eyJ', '.'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const places = sightings(text).map(({ at }) => at);
      expect(places.length).toBeLessThanOrEqual(2);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
      expect(places.every((at) => at >= 0 && at < text.length)).toBe(true);
    }),
  );
});
