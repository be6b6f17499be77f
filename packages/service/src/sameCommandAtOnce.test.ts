import { expectRight } from '@keyturn/testbed';
import { openKeyturnOnDisk, type KeyturnOnDisk } from './testSupport/keyturnOnDisk';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as TE from 'fp-ts/TaskEither';

let site: KeyturnOnDisk;
beforeEach(async () => {
  site = await openKeyturnOnDisk();
});
afterEach(() => site.close());

const eventTypes = async () => {
  const page = await expectRight(
    site.eventStore.readStream('keyring-acme', { direction: 'forwards', limit: 1_000 }),
  );
  return page.events.map(({ type }) => type);
};

describe('the same command sent to two services at once', () => {
  test('adds one key, of which both know', async () => {
    const pasted = site.sandbox.issueKey('anthropic');
    const context = site.as({ commandId: 'add-1' });
    const other = site.another();
    const [mine, theirs] = await Promise.all([
      expectRight(site.keyturn.addKey(context, { vendor: 'anthropic', pasted })),
      expectRight(other.addKey(context, { vendor: 'anthropic', pasted })),
    ]);
    expect(theirs.key.keyId).toBe(mine.key.keyId);
    expect((await eventTypes()).filter((type) => type === 'KeyAdded')).toHaveLength(1);
    const fingerprint = await expectRight(site.vault.sealedKeyIds('acme', ''));
    expect(fingerprint).toEqual([]);
    for (const service of [site.keyturn, other]) {
      const pin = await expectRight(service.startRun(site.as(), { runId: 'r1' }));
      expect(pin.keyId).toBe(mine.key.keyId);
    }
  });

  test('opens the secret for each on an event of its own', async () => {
    const pasted = site.sandbox.issueKey('anthropic');
    await expectRight(site.keyturn.addKey(site.as(), { vendor: 'anthropic', pasted }));
    const other = site.another();
    await expectRight(other.finishRun(site.as(), { runId: 'never-started' }));
    const context = site.as({ commandId: 'start-1' });
    const opened = await Promise.all(
      [site.keyturn, other].map((service) =>
        expectRight(service.startRunWithSecret(context, { runId: 'r1' }, (secret) => TE.right(secret.last4))),
      ),
    );
    expect(opened).toEqual([pasted.slice(-4), pasted.slice(-4)]);
    const releases = (await eventTypes()).filter((type) => type.startsWith('RunKey'));
    expect(releases).toEqual(['RunKeyPinned', 'RunKeyResumed']);
  });
});

describe('the same command again', () => {
  test('a resumption gives its pin, also when the run has ended since', async () => {
    const pasted = site.sandbox.issueKey('anthropic');
    await expectRight(site.keyturn.addKey(site.as(), { vendor: 'anthropic', pasted }));
    await expectRight(site.keyturn.startRun(site.as(), { runId: 'r1' }));
    const context = site.as({ commandId: 'resume-1' });
    const first = await expectRight(site.keyturn.resumeRun(context, { runId: 'r1' }));
    await expectRight(site.keyturn.finishRun(site.as(), { runId: 'r1' }));
    const again = await expectRight(site.keyturn.resumeRun(context, { runId: 'r1' }));
    expect(again).toMatchObject({ runId: 'r1', keyId: first.keyId, leaseUntil: first.leaseUntil });
  });

  test('an expiry gives the runs that it ended', async () => {
    let now = Date.now();
    const early = site.another({ clock: () => now - 60_000 });
    const pasted = site.sandbox.issueKey('anthropic');
    await expectRight(early.addKey(site.as(), { vendor: 'anthropic', pasted }));
    await expectRight(early.startRun(site.as(), { runId: 'r1', leaseSeconds: 1 }));
    const service = site.another({ clock: () => (now += 1) });
    const context = site.as({ commandId: 'expire-1' });
    const first = await expectRight(service.expireRuns(context));
    expect(first.released).toEqual(['r1']);
    const again = await expectRight(service.expireRuns(context));
    expect(again.released).toEqual(['r1']);
  });
});
