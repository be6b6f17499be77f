import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { Secret, SecretWiped } from '@keyturn/vault';
import { acceptingProber } from './testSupport/acceptingProber';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite();
afterEach(() => {
  jest.restoreAllMocks();
});

/** A service that shows every secret that it seals. */
const showing = (during?: () => Promise<void>) => {
  const seen: Secret[] = [];
  const { vault } = site();
  const keyturn = site().another({
    vault: {
      ...vault,
      seal: (binding, secret) => {
        seen.push(secret);
        return vault.seal(binding, secret);
      },
    },
    prober: acceptingProber(during),
  });
  return { keyturn, seen };
};

describe('the pasted secret is wiped', () => {
  test('when it was added, and when that was refused', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    const { keyturn, seen } = showing();
    await expectRight(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    await leftOf(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted }));
    expect(seen).toHaveLength(2);
    for (const secret of seen) expect(() => secret.bytes()).toThrow(SecretWiped);
  });

  test('when the test call breaks its word and throws', async () => {
    const pasted = site().sandbox.issueKey('anthropic');
    const { keyturn, seen } = showing(() => Promise.reject(new Error('The prober broke its word.')));
    await expect(keyturn.addKey(site().as(), { vendor: 'anthropic', pasted })()).rejects.toThrow('its word');
    expect(() => seen[0]?.bytes()).toThrow(SecretWiped);
  });

  test("or was never made, of another vendor's", async () => {
    await addedKey(site());
    const made = jest.spyOn(Secret, 'from');
    const pasted = site().sandbox.issueKey('anthropic');
    await expect(
      leftOf(site().keyturn.addKey(site().as(), { vendor: 'openai', pasted })),
    ).resolves.toMatchObject({ code: 'paste-wrong-vendor' });
    expect(made).not.toHaveBeenCalled();
  });
});
