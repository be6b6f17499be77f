import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { makeProber } from './prober';
import type { ProberOptions } from './proberOptions';
import { startVendorSandbox, type VendorSandbox } from './sandbox';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const bytes = (key: string): Uint8Array => Buffer.from(key, 'latin1');
const target = (vendor: string) => ({ vendor, endpoint: null, region: null });
const proberWith = (options: ProberOptions) =>
  makeProber({ endpointOverrides: sandbox.urls, sleep: () => Promise.resolve(), ...options });

describe('the time of a whole test call', () => {
  test('ends its last attempt, and no other begins', async () => {
    const key = sandbox.issueKey('anthropic', 'held');
    const prober = proberWith({ wholeTimeoutMs: 40, timeoutMs: 60_000 });
    expect(await prober.probe(target('anthropic'), bytes(key))()).toMatchObject({
      verdict: { kind: 'inconclusive', reason: 'timeout' },
      attempts: 1,
    });
  });

  test('ends a wait between two attempts: what the last one said stands', async () => {
    const key = sandbox.issueKey('anthropic', 'server-error');
    const prober = proberWith({
      wholeTimeoutMs: 500,
      sleep: (_, signal) => once(signal ?? new EventTarget(), 'abort').then(),
    });
    expect(await prober.probe(target('anthropic'), bytes(key))()).toMatchObject({
      verdict: { kind: 'inconclusive', reason: 'vendor-error' },
      attempts: 1,
    });
  });
});

describe('test calls at one vendor', () => {
  test('are so many at a time; the others wait for their turn, and not for another vendor’s', async () => {
    const prober = proberWith({ atOncePerVendor: 2 });
    const keys = Array.from({ length: 3 }, () => sandbox.issueKey('anthropic', 'held'));
    const [first = '', second = '', third = ''] = keys;
    const probes = keys.map((key) => prober.probe(target('anthropic'), bytes(key))());
    await sandbox.untilCalled(first);
    await sandbox.untilCalled(second);
    const other = await prober.probe(target('openai'), bytes(sandbox.issueKey('openai')))();
    expect(other.verdict.kind).toBe('accepted');
    expect(sandbox.callsWith(third)).toEqual([]);
    sandbox.release(first);
    await sandbox.untilCalled(third);
    sandbox.release(second);
    sandbox.release(third);
    for (const probe of probes) expect((await probe).verdict.kind).toBe('accepted');
  });

  test('that are given up while they wait send nothing', async () => {
    const prober = proberWith({ atOncePerVendor: 1 });
    const held = sandbox.issueKey('anthropic', 'held');
    const waiting = sandbox.issueKey('anthropic');
    const first = prober.probe(target('anthropic'), bytes(held))();
    await sandbox.untilCalled(held);
    const giveUp = new AbortController();
    const second = prober.probe(target('anthropic'), bytes(waiting), giveUp.signal)();
    giveUp.abort();
    expect(await second).toMatchObject({ attempts: 0, verdict: { reason: 'timeout' } });
    sandbox.release(held);
    await first;
    expect(sandbox.callsWith(waiting)).toEqual([]);
  });

  test('that are given up the moment another ends send nothing', async () => {
    const prober = proberWith({ atOncePerVendor: 1 });
    const held = sandbox.issueKey('anthropic', 'held');
    const waiting = sandbox.issueKey('anthropic');
    const giveUp = new AbortController();
    const first = prober.probe(target('anthropic'), bytes(held))();
    const second = prober.probe(target('anthropic'), bytes(waiting), giveUp.signal)();
    await sandbox.untilCalled(held);
    sandbox.release(held);
    await first;
    giveUp.abort();
    expect(await second).toMatchObject({ attempts: 0, verdict: { reason: 'timeout' } });
    expect(sandbox.callsWith(waiting)).toEqual([]);
  });
});
