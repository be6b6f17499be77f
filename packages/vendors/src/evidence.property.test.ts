import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makeProber } from './prober';
import { sharesBytes } from './sharesBytes';
import { startVendorSandbox, type VendorSandbox } from './sandbox';
import { SANDBOX_VENDORS } from './sandbox/vendors';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const result = (vendor: string, key: string) =>
  makeProber({
    endpointOverrides: { anthropic: sandbox.url, openai: sandbox.url },
    sleep: () => Promise.resolve(),
  }).probe({ vendor, endpoint: null, region: null }, Buffer.from(key, 'latin1'))();

/** Ways in which eight or more bytes of a key could be written into an answer. */
const WRITINGS: ReadonlyArray<(part: string) => string> = [
  (part) => part,
  (part) => Buffer.from(part).toString('hex'),
  (part) => Buffer.from(part).toString('hex').toUpperCase(),
  (part) => Buffer.from(part).toString('base64url'),
];

describe('a vendor that repeats the key', () => {
  const place = fc.record({
    vendor: fc.constantFrom(...SANDBOX_VENDORS),
    status: fc.constantFrom(200, 400, 401, 403, 404, 429, 500, 529),
    start: fc.integer({ min: 0, max: 80 }),
    length: fc.integer({ min: 8, max: 24 }),
    writing: fc.constantFrom(...WRITINGS),
    before: fc.stringMatching(/^[a-z_]{0,6}$/),
  });

  test('leaves none of it in the result, wherever and however it repeats it', async () => {
    await fc.assert(
      fc.asyncProperty(place, async ({ vendor, status, start, length, writing, before }) => {
        const key = sandbox.issueKey(vendor.vendor);
        const part = writing(key.slice(start, start + length));
        sandbox.setBehaviour(key, {
          answer: {
            status,
            headers: { [vendor.requestIdHeader]: before + part, 'retry-after': part },
            body: JSON.stringify({
              id: part,
              type: part,
              error: { type: part, code: part, message: part, details: { error_code: part } },
            }),
          },
        });
        const { evidence, ...rest } = await result(vendor.vendor, key);
        expect(evidence).toMatchObject({ requestId: null, code: null });
        expect(JSON.stringify({ rest, evidence })).not.toContain(part);
      }),
      { numRuns: 60 },
    );
  });

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
  });

  test.each(['', 'a b', 'req_<script>', 'r'.repeat(65), 'req_ü'])(
    'that is none (%j) is dropped',
    async (id) => {
      const key = sandbox.issueKey('openai');
      const header = Buffer.from(id).toString('latin1');
      sandbox.setBehaviour(key, { answer: { status: 200, headers: { 'x-request-id': header }, body: '{}' } });
      expect((await result('openai', key)).evidence.requestId).toBeNull();
    },
  );
});

describe('eight bytes in common', () => {
  const secret = fc.uint8Array({ minLength: 16, maxLength: 120 });

  test('are seen raw, in hex and in base64, wherever they stand', () => {
    fc.assert(
      fc.property(
        secret,
        fc.nat(),
        fc.constantFrom('latin1' as const, 'hex' as const, 'base64' as const, 'base64url' as const),
        fc.string(),
        (bytes, at, encoding, around) => {
          const start = at % (bytes.length - 8);
          const part = Buffer.from(bytes.subarray(start, start + 8)).toString(encoding);
          // Padding is no part of the key.
          const written = encoding.startsWith('base64') ? part.replace(/=+$/, '') : part;
          expect(sharesBytes(around + written + around, bytes)).toBe(true);
        },
      ),
    );
  });

  test('are not seen where there are seven', () => {
    const letters = fc.uint8Array({ minLength: 16, maxLength: 64, max: 60, min: 33 });
    fc.assert(
      fc.property(letters, fc.nat(), (bytes, at) => {
        const start = at % (bytes.length - 7);
        const part = Buffer.from(bytes.subarray(start, start + 7)).toString('latin1');
        expect(sharesBytes(`~~~~${part}~~~~`, bytes)).toBe(false);
      }),
    );
  });
});
