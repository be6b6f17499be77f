import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeVendorAdmin } from '../admin/makeVendorAdmin';
import type { VendorAdmin, VendorKey } from '../admin/vendorAdmin';
import { makeProber } from '../prober';
import { startVendorSandbox, type VendorSandbox } from '../sandbox';
import { VENDOR_TABLES } from './tables';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 28, 12);

let sandbox: VendorSandbox;
let sent: string[];
let admin: VendorAdmin;
beforeEach(async () => {
  sent = [];
  sandbox = await startVendorSandbox({ onRequest: (text) => sent.push(text), now: () => NOW });
  admin = makeVendorAdmin({
    endpointOverrides: sandbox.urls,
    sleep: () => Promise.resolve(),
    now: () => NOW,
  });
});
afterEach(() => sandbox.close());

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const targetOf = (vendor: string) => ({
  vendor,
  place: vendor === 'google-gemini' ? 'sandbox-project' : null,
});

const filterOf = (key: string) => ({ last4: key.slice(-4), onFileSince: NOW });

const found = async (vendor: string, credential: string, key: string): Promise<ReadonlyArray<VendorKey>> => {
  const { outcome } = await admin.findKeys(bytes(credential), targetOf(vendor), filterOf(key))();
  if (outcome.kind !== 'found') throw new Error(`not found: ${outcome.kind}`);
  return outcome.keys;
};

const checked = async (vendor: string, key: string) => {
  const prober = makeProber({ endpointOverrides: sandbox.urls, sleep: () => Promise.resolve() });
  const target = { vendor, endpoint: null, region: null };
  const { says } = await prober.killCheck(target, bytes(key))();
  const { verdict } = await prober.probe(target, bytes(key))();
  return { says, tested: verdict.kind };
};

const administered = VENDOR_TABLES.filter((table) => table.admin !== null).map(({ vendor }) => vendor);

/** How each vendor's list shows a key that was revoked, and whether that can be undone. */
const AFTERWARDS: Readonly<Record<string, readonly ['inactive' | 'absent', 'always' | 'never' | number]>> = {
  anthropic: ['inactive', 'always'],
  'google-gemini': ['inactive', NOW + 30 * DAY_MS],
  mistral: ['absent', 'never'],
  openai: ['absent', 'never'],
  openrouter: ['inactive', 'always'],
  xai: ['absent', 'never'],
};

test('six vendors have calls for administrators', () => {
  expect(administered).toEqual(Object.keys(AFTERWARDS));
});

describe.each(administered)('%s', (vendor) => {
  test('a drill: found among others, revoked, and dead', async () => {
    const credential = sandbox.issueAdminCredential(vendor);
    const others = Array.from({ length: 130 }, () => sandbox.issueKey(vendor));
    const key = sandbox.issueKey(vendor);
    expect(await checked(vendor, key)).toEqual({ says: 'alive', tested: 'accepted' });

    const keys = await found(vendor, credential, key);
    const [match] = vendor === 'google-gemini' ? keys.filter(({ name }) => name === 'sandbox key 131') : keys;
    if (match === undefined) throw new Error('no match');
    expect(keys).toHaveLength(vendor === 'google-gemini' ? 131 : 1);
    expect(match).toMatchObject({ name: 'sandbox key 131', createdAt: NOW, status: 'active' });
    expect(match.fits).toBe(vendor === 'google-gemini' ? 'unknown' : 'hint');
    expect(JSON.stringify(keys)).not.toContain(key);

    const { outcome, evidence } = await admin.revoke(
      bytes(credential),
      targetOf(vendor),
      match.vendorKeyId,
      filterOf(key),
    )();
    const [listShows, undo] = AFTERWARDS[vendor] ?? [];
    expect(outcome).toMatchObject({ kind: 'revoked', listShows });
    const undone = outcome.kind === 'revoked' ? outcome.undo : undefined;
    expect(undone === null ? 'never' : (undone?.until ?? 'always')).toBe(undo);
    expect(evidence).toMatchObject({ status: 200, code: null, endpointOverride: sandbox.urls[vendor] });

    expect(await checked(vendor, key)).toEqual({ says: 'dead', tested: 'failed' });
    expect(await checked(vendor, others[0] ?? '')).toEqual({ says: 'alive', tested: 'accepted' });

    const again = await admin.revoke(bytes(credential), targetOf(vendor), match.vendorKeyId, filterOf(key))();
    expect(again.outcome).toMatchObject({
      kind: listShows === 'inactive' ? 'already-inactive' : 'not-found',
    });
  });

  test('the credential goes in one header, and is nowhere in what comes back', async () => {
    const credential = sandbox.issueAdminCredential(vendor);
    sandbox.issueKey(vendor);
    const filter = { last4: null, onFileSince: null };
    const result = await admin.findKeys(bytes(credential), targetOf(vendor), filter)();
    expect(JSON.stringify(result)).not.toContain(credential);
    for (const text of sent) expect(text.split(credential)).toHaveLength(2);
    for (const text of sent) expect(text.split('\n')[0]).not.toContain(credential);
  });

  test('a plain key of the vendor’s in its place is not sent, or refused', async () => {
    const plain = sandbox.issueKey(vendor);
    const filter = { last4: null, onFileSince: null };
    const { outcome, evidence } = await admin.findKeys(bytes(plain), targetOf(vendor), filter)();
    const canBeTold = !['mistral', 'openrouter'].includes(vendor);
    expect(outcome.kind).toBe(canBeTold ? 'credential-unfit' : 'admin-credential-refused');
    expect(evidence.calls).toBe(canBeTold ? 0 : 1);
    expect(sent).toHaveLength(evidence.calls);
  });

  test('a credential that nobody issued, and one that may not', async () => {
    const filter = { last4: null, onFileSince: null };
    const elsewhere = await startVendorSandbox();
    const unknown = elsewhere.issueAdminCredential(vendor);
    await elsewhere.close();
    const refused = await admin.findKeys(bytes(unknown), targetOf(vendor), filter)();
    expect([refused.outcome.kind, refused.evidence.status]).toEqual(['admin-credential-refused', 401]);
    const powerless = sandbox.issueAdminCredential(vendor, 'not-permitted');
    const forbidden = await admin.findKeys(bytes(powerless), targetOf(vendor), filter)();
    expect([forbidden.outcome.kind, forbidden.evidence.status]).toEqual(['not-permitted', 403]);
  });

  test.each(['throttled', 'server-error'] as const)(
    '%s is tried again, and then unavailable',
    async (how) => {
      const credential = sandbox.issueAdminCredential(vendor, how);
      const filter = { last4: null, onFileSince: null };
      const { outcome, evidence } = await admin.findKeys(bytes(credential), targetOf(vendor), filter)();
      const reason = how === 'throttled' ? 'throttled' : 'vendor-error';
      expect(outcome).toEqual({ kind: 'unavailable', reason });
      expect(evidence.calls).toBe(3);
    },
  );
});

describe('usage', () => {
  const HOUR_MS = 3_600_000;
  const window = { from: NOW - 10 * DAY_MS, to: NOW };

  test.each(['anthropic', 'openai', 'openrouter'])(
    '%s tells what a stranger did with a key',
    async (vendor) => {
      const credential = sandbox.issueAdminCredential(vendor);
      const [key, other] = [sandbox.issueKey(vendor), sandbox.issueKey(vendor)];
      const at = NOW - 9 * DAY_MS;
      sandbox.useElsewhere(key, { at, requests: 40, tokens: 900 });
      sandbox.useElsewhere(other, { at, requests: 7 });
      const [match] = await found(vendor, credential, key);
      const { outcome } = await admin.usage(
        bytes(credential),
        targetOf(vendor),
        match?.vendorKeyId ?? '',
        window,
      )();
      if (outcome.kind !== 'usage') throw new Error(outcome.kind);
      const used = outcome.usage.buckets.filter(({ requests }) => requests !== 0);
      const width = vendor === 'openrouter' ? DAY_MS : HOUR_MS;
      const start = at - (at % width);
      expect(used).toEqual([{ start, end: start + width, requests: 40, tokens: 900 }]);
      expect(outcome.usage.morePages).toBe(false);
      // Ten days by the hour are more than one page of OpenAI's, which tells the hours without use, too.
      expect(outcome.usage.buckets).toHaveLength(vendor === 'openai' ? 240 : 1);
    },
  );
});
