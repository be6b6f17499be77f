import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readAnswer } from '../answer';
import { killCheckTable } from '../killCheck';
import type { KillCheckResult } from '../probe';
import { makeProber } from '../prober';
import { startVendorSandbox, type KeyBehaviour, type VendorSandbox } from '../sandbox';
import { targetOf } from '../testSupport/targetOf';
import { SANDBOX_VENDORS } from './sandboxes';
import type { VendorTable } from '../vendorTable';
import { VENDOR_TABLES } from './tables';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const checked = (table: VendorTable, key: string): Promise<KillCheckResult> =>
  makeProber({ endpointOverrides: sandbox.urls, sleep: () => Promise.resolve() }).killCheck(
    targetOf(table),
    Buffer.from(key, 'latin1'),
  )();

const withCall = VENDOR_TABLES.filter(({ killCheck }) => killCheck !== null).map(({ vendor }) => vendor);

describe.each(VENDOR_TABLES.map((table) => [table.vendor, table] as const))(
  'a kill check of %s',
  (vendor, table) => {
    const recorded = SANDBOX_VENDORS.find((known) => known.vendor === vendor);
    const answers = recorded?.killCheckAnswers ?? [];

    test('has answers on record where there is a call for it: of a live key, and of a dead one', () => {
      const says = answers.map((answer) => answer.says);
      expect(says.includes('alive') && says.includes('dead')).toBe(withCall.includes(vendor));
    });

    test('says of a live key that it is alive, and asks no model where there is a call for it', async () => {
      const key = sandbox.issueKey(vendor);
      expect((await checked(table, key)).says).toBe('alive');
      expect(sandbox.callsWith(key).map(({ model }) => model === null)).toEqual([withCall.includes(vendor)]);
    });

    test('reads each of them', async () => {
      for (const answer of answers) {
        const { says } = await checked(table, sandbox.issueKey(vendor, { answer }));
        expect([answer.name, says]).toEqual([answer.name, answer.says]);
      }
    });

    test('has an answer on record for each refusal that is no error', () => {
      const without = (table.killCheck?.refusals ?? []).filter((refusal) =>
        answers.every(({ status, body }) => {
          const called = { ...killCheckTable(table), refusals: [refusal] };
          return readAnswer(called, { status, body, code: null, requestId: null }).meaning !== 'rejected';
        }),
      );
      expect(without).toEqual([]);
    });

    test.each<KeyBehaviour>(['garbage', 'redirect', 'cut-off', 'reset'])(
      'can’t tell by what goes wrong on the way: %s',
      async (behaviour) => {
        expect((await checked(table, sandbox.issueKey(vendor, behaviour))).says).toBe('cannot-tell');
      },
    );

    test('takes a refusal for death only where the vendor says it of nothing else', async () => {
      const { cause } = recorded?.unknownKey ?? {};
      const { says } = await checked(table, recorded?.newKey() ?? '');
      expect(says).toBe(cause === null ? 'dead' : 'cannot-tell');
    });
  },
);

test('what is not sent tells nothing', async () => {
  const target = { vendor: 'nobody', endpoint: null, region: null };
  const result = await makeProber().killCheck(target, Buffer.from('k'.repeat(40)))();
  expect(result).toMatchObject({ says: 'cannot-tell', attempts: 0 });
});
