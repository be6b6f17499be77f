import { describe, expect, test } from '@jest/globals';
import { randomText } from '../sandbox/random';
import { startVendorSandbox } from '../sandbox';
import {
  adminAt,
  anAdminKey,
  anthropicKey,
  anthropicPage,
  bytes,
  vendorServers,
} from '../testSupport/vendorServer';
import { makeVendorAdmin } from './makeVendorAdmin';

const { vendorThat, calls } = vendorServers();

const NO_FILTER = { last4: null, onFileSince: null };
const ANTHROPIC = { vendor: 'anthropic', place: null };
const of = (vendor: string, place: string | null = null) => ({ vendor, place });

describe('before anything is sent', () => {
  test('a vendor without such calls, or without a table', async () => {
    for (const vendor of ['groq', 'nobody']) {
      const result = await makeVendorAdmin().findKeys(bytes(anAdminKey()), of(vendor), NO_FILTER)();
      expect(result).toEqual({
        outcome: { kind: 'no-admin-api' },
        evidence: { status: null, code: null, calls: 0 },
      });
    }
  });

  test.each<[string, string, string]>([
    ['nothing', 'anthropic', ''],
    ['a space', 'anthropic', `sk-ant-admin01-${'a'.repeat(20)} b`],
    ['a line end', 'anthropic', `sk-ant-admin01-${'a'.repeat(20)}\n`],
    ['a plain key', 'anthropic', `sk-ant-api03-${'a'.repeat(93)}AA`],
    ['another vendor’s admin key', 'anthropic', 'sk-admin-aaaaaaaaaaaaaaaaaaaa'],
    [
      'an admin key with another vendor’s key behind it',
      'anthropic',
      `sk-ant-admin01-${'a'.repeat(40)}sk-proj-${'b'.repeat(40)}`,
    ],
    ['another vendor’s key, where the form is not known', 'mistral', `sk-proj-${'a'.repeat(40)}`],
    ['more than any credential has', 'mistral', 'a'.repeat(4_097)],
  ])('%s is no admin credential', async (_what, vendor, credential) => {
    const origin = await vendorThat(() => [200, anthropicPage([])]);
    const admin = adminAt(origin, vendor);
    const { outcome } = await admin.findKeys(bytes(credential), of(vendor), NO_FILTER)();
    expect(outcome.kind).toBe('credential-unfit');
    expect(calls()).toEqual([]);
  });

  test.each<[string, string, string | null, string]>([
    ['google-gemini', 'place', null, 'x'],
    ['google-gemini', 'place', '../../projects', 'x'],
    ['openai', 'place', 'a/b', 'x'],
  ])('%s: a %s that is not what it has to be', async (vendor, field, place) => {
    const credential = vendor === 'openai' ? 'sk-admin-aaaaaaaaaaaa' : `ya29.${randomText(40)}`;
    const { outcome } = await makeVendorAdmin().findKeys(bytes(credential), of(vendor, place), NO_FILTER)();
    expect(outcome).toMatchObject({ kind: 'target-unfit', field });
  });

  test.each(['', '../x', 'a/b', 'a?b', 'a#b', 'a%2fb', '-a', 'a\n', 'ä'])(
    'a key id that could lead elsewhere: %j',
    async (id) => {
      const origin = await vendorThat(() => [200, anthropicPage([])]);
      const { outcome } = await adminAt(origin).revoke(bytes(anAdminKey()), ANTHROPIC, id, NO_FILTER)();
      expect(outcome).toMatchObject({ kind: 'target-unfit', field: 'vendorKeyId' });
      expect(calls()).toEqual([]);
    },
  );

  test('a signal that has aborted', async () => {
    const origin = await vendorThat(() => [200, anthropicPage([])]);
    const finding = adminAt(origin).findKeys(bytes(anAdminKey()), ANTHROPIC, NO_FILTER, AbortSignal.abort());
    expect(await finding()).toMatchObject({ outcome: { kind: 'unavailable', reason: 'timeout' } });
    expect(calls()).toEqual([]);
  });
});

describe('on the way', () => {
  test('an address that is not public is not called, and nothing is sent', async () => {
    const sandbox = await startVendorSandbox();
    const admin = makeVendorAdmin({
      resolveHost: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
      sleep: () => Promise.resolve(),
    });
    const { outcome } = await admin.findKeys(bytes(anAdminKey()), ANTHROPIC, NO_FILTER)();
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'connection' });
    expect(sandbox.connections()).toBe(0);
    await sandbox.close();
  });

  test('a redirect is not followed', async () => {
    const origin = await vendorThat((request) =>
      request.url === '/elsewhere' ? [200, anthropicPage([])] : [307, { location: '/elsewhere' }],
    );
    const { outcome } = await adminAt(origin).findKeys(bytes(anAdminKey()), ANTHROPIC, NO_FILTER)();
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'unrecognised-answer' });
    expect(calls().every((call) => call.includes('api_keys'))).toBe(true);
  });

  test('an answer that is longer than 8 MiB is none', async () => {
    const origin = await vendorThat(() => [
      200,
      anthropicPage([anthropicKey('apikey_1', 'active', { name: 'n'.repeat(9e6) })]),
    ]);
    const { outcome } = await adminAt(origin).findKeys(bytes(anAdminKey()), ANTHROPIC, NO_FILTER)();
    expect(outcome).toEqual({ kind: 'unavailable', reason: 'unrecognised-answer' });
  });
});
