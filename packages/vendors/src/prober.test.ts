import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { makeProber } from './prober';
import type { ProberOptions } from './proberOptions';
import type { ProbeResult } from './probe';
import { startVendorSandbox, type KeyBehaviour, type VendorSandbox } from './sandbox';
import { SANDBOX_VENDORS } from './vendors/sandboxes';
import { VENDOR_TABLES } from './vendors/tables';

let sandbox: VendorSandbox;
beforeAll(async () => {
  sandbox = await startVendorSandbox();
});
afterAll(() => sandbox.close());

const bytes = (key: string): Uint8Array => Buffer.from(key, 'latin1');
const target = (vendor: string) => ({ vendor, endpoint: null, region: null });

/** A prober that calls the sandbox and does not wait; the waits it would have made are in `waits`. */
const quick = (options: ProberOptions = {}) => {
  const waits: number[] = [];
  const prober = makeProber({
    endpointOverrides: sandbox.urls,
    random: () => 0.5,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    ...options,
  });
  return { prober, waits };
};

const probeWith = (behaviour: KeyBehaviour, vendor = 'anthropic'): Promise<ProbeResult> =>
  quick().prober.probe(target(vendor), bytes(sandbox.issueKey(vendor, behaviour)))();

describe('another attempt', () => {
  test('comes while the answer is undecided, and ends the moment it is decided', async () => {
    const key = sandbox.issueKey('anthropic', { first: 'overloaded', times: 2, then: 'rejected' });
    const { prober, waits } = quick();
    const result = await prober.probe(target('anthropic'), bytes(key))();

    expect(result.verdict).toEqual({ kind: 'failed', reason: 'rejected' });
    expect(result.attempts).toBe(3);
    expect(sandbox.callsWith(key)).toHaveLength(3);
    expect(waits).toEqual([250, 500]);
  });

  test('waits as long as the vendor asked', async () => {
    const key = sandbox.issueKey('openai', { first: 'throttled', times: 1, then: 'valid' });
    const { prober, waits } = quick();
    const result = await prober.probe(target('openai'), bytes(key))();

    expect(result.verdict).toEqual({ kind: 'accepted', condition: 'completed' });
    expect(waits).toEqual([1_000]);
  });

  test('does not come when the vendor asks for more time than there is', async () => {
    const answer = SANDBOX_VENDORS[0]?.answers.find(({ name }) => name === 'throttled');
    if (answer === undefined) throw new Error('no such recorded answer');
    const key = sandbox.issueKey('anthropic', { answer: { ...answer, headers: { 'retry-after': '3600' } } });
    const { prober, waits } = quick();
    const result = await prober.probe(target('anthropic'), bytes(key))();

    expect(result.verdict).toEqual({ kind: 'accepted', condition: 'throttled' });
    expect(sandbox.callsWith(key)).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  test('comes as often as the operator says', async () => {
    const key = sandbox.issueKey('anthropic', 'server-error');
    const { prober } = quick({ retry: { attempts: 5 } });
    const result = await prober.probe(target('anthropic'), bytes(key))();

    expect(result).toMatchObject({ attempts: 5, verdict: { kind: 'inconclusive', reason: 'vendor-error' } });
    expect(sandbox.callsWith(key)).toHaveLength(5);
  });

  test('reports when it began, not when the first did', async () => {
    let time = 1_000;
    const key = sandbox.issueKey('anthropic', { first: 'server-error', times: 1, then: 'valid' });
    const { prober } = quick({
      now: () => time,
      sleep: (ms) => {
        time += ms;
        return Promise.resolve();
      },
    });
    const result = await prober.probe(target('anthropic'), bytes(key))();
    expect(result).toMatchObject({ callStartedAt: 1_250, evidence: { latencyMs: 0 } });
  });
});

describe('what goes wrong on the way decides nothing', () => {
  test('a redirect is not followed', async () => {
    const before = sandbox.redirectsFollowed();
    const result = await probeWith('redirect');
    expect(result).toMatchObject({
      verdict: { kind: 'inconclusive', reason: 'unrecognised-answer' },
      evidence: { status: 307 },
    });
    expect(sandbox.redirectsFollowed()).toBe(before);
  });

  test('an answer that is cut off in the middle', async () => {
    expect(await probeWith('cut-off')).toMatchObject({
      verdict: { kind: 'inconclusive', reason: 'connection' },
      attempts: 3,
      evidence: { status: null },
    });
  });

  test('a web page instead of an answer', async () => {
    expect((await probeWith('garbage')).verdict).toEqual({
      kind: 'inconclusive',
      reason: 'unrecognised-answer',
    });
  });

  test('a vendor that does not answer in time', async () => {
    const key = sandbox.issueKey('anthropic', 'held');
    const { prober } = quick({ timeoutMs: 50 });
    const result = await prober.probe(target('anthropic'), bytes(key))();
    expect(result).toMatchObject({ verdict: { kind: 'inconclusive', reason: 'timeout' }, attempts: 3 });
  });

  test('nobody listens', async () => {
    const closed = await startVendorSandbox();
    await closed.close();
    const { prober } = quick({ endpointOverrides: { anthropic: closed.url } });
    const result = await prober.probe(target('anthropic'), bytes(sandbox.issueKey('anthropic')))();
    expect(result.verdict).toEqual({ kind: 'inconclusive', reason: 'connection' });
  });

  test('a body longer than 64 KiB is not read, though it begins like a success', async () => {
    const valid = SANDBOX_VENDORS[0]?.answers.find(({ name }) => name === 'valid');
    if (valid === undefined) throw new Error('no such recorded answer');
    const padded = (length: number) => ({
      ...valid,
      body: valid.body + ' '.repeat(length - valid.body.length),
    });

    const over = await probeWith({ answer: padded(70 * 1024) });
    expect(over).toMatchObject({
      verdict: { kind: 'inconclusive', reason: 'unrecognised-answer' },
      evidence: { status: 200 },
    });
    expect((await probeWith({ answer: padded(60 * 1024) })).verdict.kind).toBe('accepted');
  });
});

describe('an answer that is slow', () => {
  test('counts when it comes in time', async () => {
    const key = sandbox.issueKey('anthropic', 'held');
    const probing = quick().prober.probe(target('anthropic'), bytes(key))();
    await sandbox.untilCalled(key);
    sandbox.release(key);
    expect((await probing).verdict.kind).toBe('accepted');
  });
});

describe('a caller who gives up', () => {
  test('during the call ends it at once, without another attempt', async () => {
    const key = sandbox.issueKey('anthropic', 'held');
    const giveUp = new AbortController();
    const probing = quick().prober.probe(target('anthropic'), bytes(key), giveUp.signal)();
    await sandbox.untilCalled(key);
    giveUp.abort();
    expect(await probing).toMatchObject({
      verdict: { kind: 'inconclusive', reason: 'timeout' },
      attempts: 1,
    });
  });

  test('between attempts is told what the last one said', async () => {
    const key = sandbox.issueKey('anthropic', 'throttled');
    const giveUp = new AbortController();
    const { prober } = quick({
      sleep: () => {
        giveUp.abort();
        return Promise.reject(new Error('aborted'));
      },
    });
    const result = await prober.probe(target('anthropic'), bytes(key), giveUp.signal)();
    expect(result).toMatchObject({ verdict: { kind: 'accepted', condition: 'throttled' }, attempts: 1 });
  });

  test('is told the same when the sleep ends without a word', async () => {
    const key = sandbox.issueKey('anthropic', 'throttled');
    const giveUp = new AbortController();
    const { prober } = quick({
      sleep: () => {
        giveUp.abort();
        return Promise.resolve();
      },
    });
    const result = await prober.probe(target('anthropic'), bytes(key), giveUp.signal)();
    expect(result).toMatchObject({ verdict: { kind: 'accepted', condition: 'throttled' }, attempts: 1 });
  });

  test('is waited for by nobody: the real sleep ends with the signal', async () => {
    const key = sandbox.issueKey('anthropic', 'server-error');
    const giveUp = new AbortController();
    const prober = makeProber({
      endpointOverrides: { anthropic: sandbox.url },
      retry: { baseDelayMs: 600_000, maxDelayMs: 600_000 },
      random: () => {
        setImmediate(() => giveUp.abort());
        return 0.999;
      },
    });
    const result = await prober.probe(target('anthropic'), bytes(key), giveUp.signal)();
    expect(result).toMatchObject({ attempts: 1, verdict: { reason: 'vendor-error' } });
  });

  test('before the call sends nothing', async () => {
    const key = sandbox.issueKey('anthropic');
    const result = await quick().prober.probe(target('anthropic'), bytes(key), AbortSignal.abort())();
    expect(result).toMatchObject({ verdict: { kind: 'inconclusive', reason: 'timeout' }, attempts: 0 });
    expect(sandbox.callsWith(key)).toEqual([]);
  });
});

describe('sends nothing', () => {
  const nothing = { verdict: { kind: 'inconclusive', reason: 'connection' }, attempts: 0 };

  test('for a vendor without a table', async () => {
    const result = await quick().prober.probe(target('nobody'), bytes(sandbox.issueKey('anthropic')))();
    expect(result).toMatchObject(nothing);
  });

  test.each([
    ['a line break', 'abcdefgh\r\nx-other: 1'],
    ['a zero byte', 'abcdefgh\0ijkl'],
    ['a letter beyond ASCII', 'abcdefghé'],
    ['a space', 'abcdefgh ijkl'],
    ['nothing at all', ''],
  ])('for a secret with %s', async (_what, secret) => {
    const before = sandbox.calls.length;
    expect(await quick().prober.probe(target('openai'), bytes(secret))()).toMatchObject(nothing);
    expect(sandbox.calls).toHaveLength(before);
  });

  test('for an endpoint or a region that the vendor does not have', async () => {
    const secret = bytes(sandbox.issueKey('anthropic'));
    const { prober } = quick();
    const elsewhere = { vendor: 'anthropic', endpoint: 'https://example.com', region: null };
    expect(await prober.probe(elsewhere, secret)()).toMatchObject(nothing);
    const region = { vendor: 'anthropic', endpoint: null, region: 'eu-west-1' };
    expect(await prober.probe(region, secret)()).toMatchObject(nothing);
  });
});

test('a vendor’s name that resolves into the own network is not called, and not tried again', async () => {
  const asked: string[] = [];
  const prober = makeProber({
    resolveHost: (host) => {
      asked.push(host);
      return Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    },
  });
  const result = await prober.probe(target('anthropic'), bytes(sandbox.issueKey('anthropic')))();
  expect(result).toMatchObject({ verdict: { kind: 'inconclusive', reason: 'connection' }, attempts: 1 });
  expect(asked).toEqual(['api.anthropic.com']);
});

test('the secret stays the caller’s: it is neither changed nor wiped', async () => {
  const key = sandbox.issueKey('openai');
  const padded = Buffer.from(`__${key}__`);
  const secret = padded.subarray(2, -2);
  const { verdict } = await quick().prober.probe(target('openai'), secret)();
  expect(verdict.kind).toBe('accepted');
  expect(secret.toString()).toBe(key);
});

test('an operator’s model is called instead of the table’s', async () => {
  const key = sandbox.issueKey('openai');
  const { prober } = quick({ models: { openai: 'gpt-7-tiny' } });
  await prober.probe(target('openai'), bytes(key))();
  expect(sandbox.callsWith(key)).toMatchObject([{ model: 'gpt-7-tiny' }]);
});

test('lists its vendors', () => {
  const { vendors } = makeProber();
  expect(vendors.list.map(({ vendor }) => vendor)).toEqual(VENDOR_TABLES.map(({ vendor }) => vendor));
  expect(vendors.list).toContainEqual({ vendor: 'anthropic', displayName: 'Anthropic' });
});
