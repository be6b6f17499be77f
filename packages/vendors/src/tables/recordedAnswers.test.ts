import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { VENDOR_TABLES } from '.';
import type { ProbeResult } from '../probe';
import { makeProber } from '../prober';
import { startVendorSandbox, type VendorSandbox } from '../sandbox';
import { SANDBOX_VENDORS } from '../sandbox/vendors';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const probe = (vendor: string, key: string): Promise<ProbeResult> =>
  makeProber({
    endpointOverrides: Object.fromEntries(VENDOR_TABLES.map((table) => [table.vendor, sandbox.url])),
    sleep: () => Promise.resolve(),
  }).probe({ vendor, endpoint: null, region: null }, Buffer.from(key, 'latin1'))();

test.each(VENDOR_TABLES.map(({ vendor }) => vendor))('the sandbox answers as %s', (vendor) => {
  expect(SANDBOX_VENDORS.map((known) => known.vendor)).toContain(vendor);
});

describe.each(SANDBOX_VENDORS.map((vendor) => [vendor.vendor, vendor] as const))(
  '%s',
  (vendor, { answers }) => {
    test.each(answers.map((answer) => [answer.name, answer] as const))(
      'reads "%s"',
      async (_name, answer) => {
        const result = await probe(vendor, sandbox.issueKey(vendor, { answer }));

        const decided = !['throttled', 'overloaded', 'vendor-error', 'unrecognised-answer'].includes(
          answer.means,
        );
        expect(result.attempts).toBe(decided ? 1 : 3);
        expect({
          verdict: result.verdict,
          status: result.evidence.status,
          code: result.evidence.code,
        }).toEqual({
          verdict:
            answer.means === 'accepted'
              ? { kind: 'accepted', condition: 'completed' }
              : answer.means === 'throttled'
                ? { kind: 'accepted', condition: 'throttled' }
                : { kind: decided ? 'failed' : 'inconclusive', reason: answer.means },
          status: answer.status,
          code: answer.code,
        });
      },
    );

    test('asks for the smallest generation that the vendor allows', async () => {
      const key = sandbox.issueKey(vendor);
      const { verdict, evidence } = await probe(vendor, key);

      expect(verdict).toEqual({ kind: 'accepted', condition: 'completed' });
      expect(evidence.requestId).toMatch(/^req_/);
      const table = VENDOR_TABLES.find((candidate) => candidate.vendor === vendor);
      expect(sandbox.callsWith(key)).toEqual([
        { vendor, key, model: table?.model, maxTokens: vendor === 'openai' ? 16 : 1 },
      ]);
    });

    test('a key that the vendor never issued is rejected', async () => {
      const stranger = SANDBOX_VENDORS.find((known) => known.vendor === vendor)?.newKey() ?? '';
      const { verdict } = await probe(vendor, stranger);
      expect(verdict).toEqual({ kind: 'failed', reason: 'rejected' });
    });
  },
);
