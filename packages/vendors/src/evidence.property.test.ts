import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeProber } from './prober';
import { startVendorSandbox, type VendorSandbox } from './sandbox';
import { targetOf } from './testSupport/targetOf';
import { SANDBOX_VENDORS } from './vendors/sandboxes';
import { VENDOR_TABLES } from './vendors/tables';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const result = (vendor: string, key: string) => {
  const table = VENDOR_TABLES.find((known) => known.vendor === vendor);
  if (table === undefined) throw new Error('no table');
  return makeProber({ endpointOverrides: sandbox.urls, sleep: () => Promise.resolve() }).probe(
    targetOf(table),
    Buffer.from(key, 'latin1'),
  )();
};

const backwards = (text: string): string => Array.from(text).reverse().join('');
const inPieces = (text: string, size: number, between: string): string =>
  text.match(new RegExp(`.{1,${size}}`, 'g'))?.join(between) ?? '';

/** Ways in which eight or more bytes of a key could be written into an answer. */
const WRITINGS: ReadonlyArray<(part: string) => string> = [
  (part) => part,
  backwards,
  (part) => part.toUpperCase(),
  (part) => inPieces(part, 4, '-'),
  (part) => inPieces(backwards(part), 7, '_'),
  // Masked, with more than the last four.
  (part) => `${part.slice(0, 4)}${'*'.repeat(12)}${part.slice(-5)}`,
  (part) => `...${part.slice(-7)}`,
  (part) => encodeURIComponent(part),
  (part) => Buffer.from(part).toString('hex'),
  (part) => Buffer.from(part).toString('hex').toUpperCase(),
  (part) => Buffer.from(part).toString('base64'),
  (part) => Buffer.from(part).toString('base64url'),
];

const headersOf = (vendor: string): ReadonlyArray<string> => {
  const { requestId, errors } = VENDOR_TABLES.find((table) => table.vendor === vendor) ?? {};
  return [requestId?.header, errors?.codeHeader, 'retry-after', 'x-none'].filter(
    (name) => typeof name === 'string',
  );
};

describe('a vendor that repeats the key', () => {
  const place = fc.record({
    vendor: fc.constantFrom(...SANDBOX_VENDORS),
    status: fc.constantFrom(200, 400, 401, 403, 404, 412, 429, 500, 529),
    start: fc.integer({ min: 0, max: 80 }),
    length: fc.integer({ min: 8, max: 24 }),
    writing: fc.constantFrom(...WRITINGS),
    before: fc.stringMatching(/^[a-z_]{0,6}$/),
  });

  test('V-9: leaves none of it in the result, wherever and however it repeats it', async () => {
    await fc.assert(
      fc.asyncProperty(place, async ({ vendor, status, start, length, writing, before }) => {
        const key = sandbox.issueKey(vendor.vendor);
        const from = start % (key.length - length);
        const part = writing(key.slice(from, from + length));
        const told = { type: part, code: part, message: part, status: part, param: part, error: part };
        sandbox.setBehaviour(key, {
          answer: {
            status,
            headers: Object.fromEntries(headersOf(vendor.vendor).map((name) => [name, before + part])),
            body: JSON.stringify({
              ...told,
              id: part,
              request_id: part,
              error: { ...told, details: { error_code: part }, metadata: { [part]: part } },
              details: [{ reason: part }],
            }),
          },
        });
        const { evidence, ...rest } = await result(vendor.vendor, key);
        expect(evidence).toMatchObject({ requestId: null, code: null });
        expect(JSON.stringify({ rest, evidence })).not.toContain(part);
      }),
      { numRuns: 100 },
    );
  });

  const withIds = SANDBOX_VENDORS.filter(({ requestIdHeader }) => requestIdHeader !== null);
  test.each(withIds.map((vendor) => [vendor.vendor, vendor] as const))(
    'V-9: %s, in an id of its own form',
    async (name, { newKey, newRequestId, requestIdHeader }) => {
      const answer = (id: string) => ({ status: 401, headers: { [requestIdHeader ?? '']: id }, body: '{}' });
      for (const writing of [(part: string) => part, backwards]) {
        const id = newRequestId();
        const key = `${newKey().slice(0, -14)}${writing(id.slice(-14))}`;
        sandbox.issueKey(name, { answer: answer(id) }, key);
        expect((await result(name, key)).evidence.requestId).toBeNull();
        // It is the key that it is dropped for.
        const another = sandbox.issueKey(name, { answer: answer(id) });
        expect((await result(name, another)).evidence.requestId).toBe(id);
      }
    },
  );

  test.each(SANDBOX_VENDORS.map(({ vendor }) => vendor))('%s, in every place at once', async (vendor) => {
    const key = sandbox.issueKey(vendor, 'echoes-key');
    const text = JSON.stringify(await result(vendor, key));
    for (let start = 0; start + 5 <= key.length; start += 1) {
      expect(text.includes(key.slice(start, start + 5))).toBe(false);
    }
  });
});

describe('an id', () => {
  test('of the vendor is kept', async () => {
    const { evidence } = await result('openai', sandbox.issueKey('openai'));
    expect(evidence.requestId).toMatch(/^req_[a-z0-9]{32}$/);
    const other = await result('anthropic', sandbox.issueKey('anthropic'));
    expect(other.evidence.requestId).toMatch(/^req_[A-Za-z0-9]{24}$/);
  });

  const answeredWith = async (vendor: 'anthropic' | 'openai', idOf: (key: string) => string) => {
    const key = sandbox.issueKey(vendor);
    const header = vendor === 'anthropic' ? 'request-id' : 'x-request-id';
    const id = Buffer.from(idOf(key)).toString('latin1');
    sandbox.setBehaviour(key, { answer: { status: 200, headers: { [header]: id }, body: '{}' } });
    return (await result(vendor, key)).evidence.requestId;
  };

  test.each(['', 'a b', 'req_<script>', 'r'.repeat(65), 'req_ü', `req_${'a'.repeat(24)}\t`])(
    'that is none (%j) is dropped',
    async (id) => {
      expect(await answeredWith('openai', () => id)).toBeNull();
    },
  );

  const pieces = (key: string, length: number, size: number, between: string): string =>
    Array.from({ length: Math.ceil(length / size) }, (_, index) =>
      key.slice(20 + index * size, 20 + Math.min(length, (index + 1) * size)),
    ).join(between);
  test.each<readonly [string, (key: string) => string]>([
    ['56 characters in pieces of 7', (key) => pieces(key, 56, 7, '_')],
    ['the last 64, backwards', (key) => backwards(key.slice(-64))],
    ['the last 7', (key) => `req-${key.slice(-7)}`],
    ["24 in the vendor's form", (key) => `req_${key.replace(/[-_]/g, '').slice(20, 44)}`],
    ['24 of them backwards', (key) => `req_${backwards(key.replace(/[-_]/g, '').slice(20, 44))}`],
    ["another vendor's form", () => `req_${'a'.repeat(32)}`],
  ])('I-35, V-9: with the key in it (%s) is dropped', async (_, idOf) => {
    expect(await answeredWith('anthropic', idOf)).toBeNull();
  });
});
