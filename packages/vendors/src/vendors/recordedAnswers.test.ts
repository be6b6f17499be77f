import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rulesFor } from '../answer';
import type { ProbeResult } from '../probe';
import { makeProber } from '../prober';
import { startVendorSandbox, type VendorSandbox } from '../sandbox';
import type { RecordedAnswer } from '../sandbox/recordedAnswer';
import { targetOf } from '../testSupport/targetOf';
import type { VendorTable } from '../vendorTable';
import { SANDBOX_VENDORS } from './sandboxes';
import { VENDOR_TABLES } from './tables';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const probe = (table: VendorTable, key: string): Promise<ProbeResult> =>
  makeProber({ endpointOverrides: sandbox.urls, sleep: () => Promise.resolve() }).probe(
    targetOf(table),
    Buffer.from(key, 'latin1'),
  )();

/** How often the call is made: again with the other model, or until no more attempts are left. */
const ATTEMPTS: { readonly [M in RecordedAnswer['means']]: number } = {
  accepted: 1,
  completed: 1,
  unfunded: 1,
  restricted: 1,
  rejected: 1,
  leaked: 1,
  misdirected: 1,
  region: 1,
  'our-request': 1,
  'model-unavailable': 2,
  throttled: 3,
  overloaded: 3,
  'vendor-error': 3,
  'unrecognised-answer': 3,
};

const attemptsFor = ({ models }: VendorTable, { means }: RecordedAnswer): number =>
  means === 'model-unavailable' && models.length === 0 ? 1 : ATTEMPTS[means];

const verdictOf = ({ means }: RecordedAnswer): ProbeResult['verdict'] => {
  switch (means) {
    case 'accepted':
    case 'completed':
      return { kind: 'accepted', condition: 'completed' };
    case 'throttled':
      return { kind: 'accepted', condition: 'throttled' };
    case 'unfunded':
    case 'restricted':
    case 'rejected':
    case 'leaked':
    case 'misdirected':
      return { kind: 'failed', reason: means };
    default:
      return { kind: 'inconclusive', reason: means };
  }
};

/** As the rules see it: what stands for a model or a key stays as it is. */
const asRead = (
  { status, body, headers }: Pick<RecordedAnswer, 'status' | 'body' | 'headers'>,
  codeHeader: string | null,
  requestId: string,
) => ({
  status,
  body,
  code: codeHeader === null ? null : (headers[codeHeader] ?? null),
  requestId,
});

test('each table has its recorded answers, and none are of a vendor without a table', () => {
  expect(SANDBOX_VENDORS.map(({ vendor }) => vendor)).toEqual(VENDOR_TABLES.map(({ vendor }) => vendor));
});

describe.each(VENDOR_TABLES.map((table) => [table.vendor, table] as const))('%s', (vendor, table) => {
  const recorded = SANDBOX_VENDORS.find((known) => known.vendor === vendor);
  const answers = [...(recorded?.answers ?? []), ...(recorded === undefined ? [] : [recorded.unknownKey])];
  const claimed = [...answers, ...(recorded?.killCheckAnswers ?? [])].map((answer) => ({
    answer,
    rules: rulesFor(table, asRead(answer, table.errors.codeHeader, recorded?.newRequestId() ?? '')),
  }));

  test.each(answers.map((answer) => [answer.name, answer] as const))('reads "%s"', async (_, answer) => {
    const { verdict, evidence, attempts } = await probe(table, sandbox.issueKey(vendor, { answer }));
    expect({
      attempts,
      verdict,
      status: evidence.status,
      code: evidence.code,
      cause: evidence.cause,
    }).toEqual({
      attempts: attemptsFor(table, answer),
      verdict: verdictOf(answer),
      status: answer.status,
      code: answer.code,
      cause: answer.cause ?? undefined,
    });
  });

  test('each rule has an answer on record', () => {
    const without = table.errors.rules.filter((rule) => claimed.every(({ rules }) => !rules.includes(rule)));
    expect(without).toEqual([]);
  });

  test('no answer is claimed by two rules', () => {
    expect(claimed.filter(({ rules }) => rules.length > 1)).toEqual([]);
  });

  test('asks for the smallest generation that the vendor allows', async () => {
    const key = sandbox.issueKey(vendor);
    const { verdict, evidence } = await probe(table, key);

    expect(verdict).toEqual({ kind: 'accepted', condition: 'completed' });
    expect(evidence.requestId ?? '').toMatch(new RegExp(table.requestId?.pattern ?? '^$'));
    expect(sandbox.callsWith(key)).toEqual([
      { vendor, key, model: targetOf(table).model ?? table.models[0], maxTokens: recorded?.leastTokens },
    ]);
  });

  test('a key that the vendor never issued gets its answer for those', async () => {
    if (recorded === undefined) throw new Error('no recorded answers');
    const { verdict } = await probe(table, recorded.newKey());
    expect(verdict).toEqual(verdictOf(recorded.unknownKey));
  });

  test('its format is what its keys have', () => {
    const key = recorded?.newKey() ?? '';
    expect(new RegExp(table.key.pattern ?? '').test(key)).toBe(true);
    expect(new RegExp(`^[${table.key.alphabet ?? '!-~'}]+$`).test(key)).toBe(true);
  });
});
