import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { Secret } from '@keyturn/vault';
import { makeProber, makeVendorAdmin, type VendorAdmin } from '@keyturn/vendors';
import { startVendorSandbox, type VendorSandbox } from '@keyturn/vendors/sandbox';
import type { Keyturn } from '../keyturn';
import type { KeyturnOptions } from '../options';
import { leftOf } from '../testSupport/leftOf';
import { freshSite } from '../testSupport/site';
import { eventTypes, historyOf } from '../testSupport/stream';

const MINUTE = 60_000;
const caseId = 'SEC/1042';
const site = freshSite();
const as = () => site().as();

let sandbox: VendorSandbox;
/** What the vendor's clock is ahead of ours. */
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  sandbox = await startVendorSandbox({ now: () => Date.now() + ahead });
});
afterEach(() => sandbox.close());

const engine = (): VendorAdmin => makeVendorAdmin({ endpointOverrides: sandbox.urls });

const service = (options: Partial<KeyturnOptions> = {}): Keyturn =>
  site().another({
    prober: makeProber({ endpointOverrides: sandbox.urls, retry: { baseDelayMs: 1, maxDelayMs: 2 } }),
    vendorAdmin: engine(),
    ...options,
  });

const secretOf = (text: string): Promise<Secret> => expectRight(() => Promise.resolve(Secret.from(text)));

/** Another key that ends as this one does. */
const twinOf = (pasted: string): string => `${pasted.slice(0, -20)}${'b'.repeat(16)}${pasted.slice(-4)}`;

const reported = async (vendor = 'anthropic') => {
  const pasted = sandbox.issueKey(vendor);
  const { key } = await expectRight(service().addKey(as(), { vendor, pasted }));
  const of = { keyId: key.keyId, caseId };
  await expectRight(service().reportLeak(as(), of));
  const adminCredential = sandbox.issueAdminCredential(vendor);
  return { pasted, of, adminCredential, credential: await secretOf(adminCredential) };
};

/** The ids of the keys that the vendor lists so, the newest first. */
const listed = async (adminCredential: string, last4: string): Promise<ReadonlyArray<string>> => {
  const filter = { last4, onFileSince: null };
  const target = { vendor: 'anthropic', place: null };
  const { outcome } = await engine().findKeys(Buffer.from(adminCredential), target, filter)();
  return outcome.kind === 'found' ? outcome.keys.map(({ vendorKeyId }) => vendorKeyId) : [];
};

const typesOf = async (): Promise<ReadonlyArray<string>> => eventTypes(site().eventStore);

describe('the end of a twin shows nobody dead', () => {
  test('while the leaked key works, though a clock that was behind makes it look too young', async () => {
    ahead = -120 * MINUTE;
    const first = sandbox.issueKey('anthropic');
    ahead = 20 * MINUTE;
    sandbox.issueKey('anthropic', 'valid', twinOf(first));
    const { key } = await expectRight(service().addKey(as(), { vendor: 'anthropic', pasted: twinOf(first) }));
    const of = { keyId: key.keyId, caseId };
    await expectRight(service().reportLeak(as(), of));
    // So that the list alone decides.
    await expectRight(service().hardDeleteKey(as(), of));
    const adminCredential = sandbox.issueAdminCredential('anthropic');
    const [, older = ''] = await listed(adminCredential, key.last4);
    const credential = await secretOf(adminCredential);
    const revoked = await expectRight(
      service().revokeAtVendor(as(), { ...of, vendorKeyId: older }, credential),
    );
    expect(revoked).toMatchObject({
      outcome: 'revoked',
      listShows: 'inactive',
      deadByList: false,
      dead: false,
    });
  });

  /** An engine whose organisation does not have the key of this id. */
  const without = (id: string): VendorAdmin => ({
    ...engine(),
    findKeys:
      (...given) =>
      async () => {
        const found = await engine().findKeys(...given)();
        if (found.outcome.kind !== 'found') return found;
        const keys = found.outcome.keys.filter(({ vendorKeyId }) => vendorKeyId !== id);
        return { ...found, outcome: { ...found.outcome, keys } };
      },
  });

  const revokedTwin = async (options: Partial<KeyturnOptions> = {}) => {
    const { pasted, of, adminCredential, credential } = await reported();
    const [leaked = ''] = await listed(adminCredential, pasted.slice(-4));
    sandbox.issueKey('anthropic', 'valid', twinOf(pasted));
    const ids = await listed(adminCredential, pasted.slice(-4));
    const vendorKeyId = ids.find((id) => id !== leaked) ?? '';
    return expectRight(
      service({ vendorAdmin: without(leaked), ...options }).revokeAtVendor(
        as(),
        { ...of, vendorKeyId },
        credential,
      ),
    );
  };

  test('which another organisation has: the key itself is asked about, while it is on file', async () => {
    const revoked = await revokedTwin();
    expect(revoked).toMatchObject({
      outcome: 'revoked',
      killCheckSays: 'alive',
      deadByList: false,
      dead: false,
    });
    expect((await typesOf()).slice(-3)).toEqual([
      'KeyRevocationRecorded',
      'KeyTestCallStarted',
      'KeyKillChecked',
    ]);
  });

  test('where the caller may not have the key opened', async () => {
    const revoked = await revokedTwin({
      authorize: ({ impliedEffects }) => Promise.resolve(!impliedEffects.includes('secret-released')),
    });
    expect(revoked).toMatchObject({
      outcome: 'revoked',
      killCheckSays: null,
      deadByList: false,
      dead: false,
    });
    expect((await typesOf()).at(-1)).toBe('KeyRevocationRecorded');
  });
});

test('a key that was revoked elsewhere is recorded as that, once', async () => {
  const { pasted, of, adminCredential, credential } = await reported();
  const [vendorKeyId = ''] = await listed(adminCredential, pasted.slice(-4));
  await engine().revoke(Buffer.from(adminCredential), { vendor: 'anthropic', place: null }, vendorKeyId, {
    last4: null,
    onFileSince: null,
  })();
  for (let times = 1; times <= 2; times += 1) {
    const again = await expectRight(service().revokeAtVendor(as(), { ...of, vendorKeyId }, credential));
    expect(again).toMatchObject({ outcome: 'already-inactive', killCheckSays: 'dead', deadByList: true });
  }
  const recorded = (await historyOf(site().eventStore)).filter(
    ({ event }) => event.type === 'KeyRevocationRecorded',
  );
  expect(recorded.map(({ event }) => event.data)).toMatchObject([{ how: 'vendor-api', undo: 'unknown' }]);
});

/** Of a key's usage all that has to be said. */
const counted = <A extends object>(of: A) => ({ ...of, vendorKeyId: 'a', from: 0, to: 1 });

describe('nothing is sent', () => {
  test('for a window in which nothing can lie', async () => {
    const { of, credential } = await reported();
    for (const [field, window] of [
      ['from', { from: Number.NaN, to: 1 }],
      ['to', { from: 1, to: 1 }],
    ] as const) {
      const asking = service().usageAtVendor(as(), { ...counted(of), ...window }, credential);
      expect(await refusedUnsent(asking)).toMatchObject({ code: 'invalid-input', facts: { field } });
    }
  });

  const refusedUnsent = async (asking: Parameters<typeof leftOf>[0]): Promise<unknown> => {
    const connections = sandbox.connections();
    const refused = await leftOf(asking);
    expect(sandbox.connections()).toBe(connections);
    return refused;
  };

  test.each([
    ['the key', ({ pasted }: { readonly pasted: string }) => pasted],
    ['the credential', ({ adminCredential }: { readonly adminCredential: string }) => adminCredential],
    [
      'a part of it',
      ({ adminCredential }: { readonly adminCredential: string }) => adminCredential.slice(30, 50),
    ],
  ])('of %s that was pasted where a place or an id belongs', async (_what, misplacedOf) => {
    const { of, credential, ...secrets } = await reported();
    const misplaced = misplacedOf(secrets);
    const keyturn = service();
    for (const [field, asking] of [
      ['place', keyturn.findAtVendor(as(), { ...of, place: misplaced }, credential)],
      ['place', keyturn.revokeAtVendor(as(), { ...of, place: misplaced, vendorKeyId: 'a' }, credential)],
      ['vendorKeyId', keyturn.revokeAtVendor(as(), { ...of, vendorKeyId: misplaced }, credential)],
      ['place', keyturn.usageAtVendor(as(), { ...counted(of), place: misplaced }, credential)],
      ['vendorKeyId', keyturn.usageAtVendor(as(), { ...counted(of), vendorKeyId: misplaced }, credential)],
    ] as const) {
      expect(await refusedUnsent(asking)).toMatchObject({ code: 'invalid-input', facts: { field } });
    }
  });

  test('of a plain key of the workspace, where its vendor’s forms are alike', async () => {
    const { of, pasted } = await reported('mistral');
    const credential = await secretOf(pasted);
    const keyturn = service();
    for (const asking of [
      keyturn.findAtVendor(as(), of, credential),
      keyturn.revokeAtVendor(as(), { ...of, vendorKeyId: 'a' }, credential),
      keyturn.usageAtVendor(as(), counted(of), credential),
    ]) {
      expect(await refusedUnsent(asking)).toMatchObject({ code: 'admin-credential-unfit' });
    }
  });
});
