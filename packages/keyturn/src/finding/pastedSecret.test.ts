import { afterEach, expect, jest, test } from '@jest/globals';
import { Secret, SecretWiped } from '@keyturn/vault';
import { isRight } from 'fp-ts/Either';
import { ada, atWork } from '../testSupport/atWork';

const at = atWork({ made: true });
afterEach(() => {
  jest.restoreAllMocks();
});

/** Every secret that is made of a paste from now on. */
const madeSecrets = (): ReadonlyArray<Secret> => {
  const seen: Secret[] = [];
  const from = Secret.from.bind(Secret);
  jest.spyOn(Secret, 'from').mockImplementation((content) => {
    const made = from(content);
    if (isRight(made)) seen.push(made.right);
    return made;
  });
  return seen;
};

test('what is only recognised is wiped, whatever came of it', async () => {
  const { open, sandbox } = at();
  const keyturn = await open();
  const [pasted, other] = [sandbox.issueKey('anthropic'), sandbox.issueKey('anthropic')];
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
  const ofCase = { keyId: key.keyId, caseId: 'SR-1042' };
  await keyturn.support.report(ada, ofCase);
  const seen = madeSecrets();
  await keyturn.support.find(ada, { pasted });
  await keyturn.support.check(ada, { ...ofCase, pasted });
  await expect(keyturn.support.check(ada, { ...ofCase, pasted: other })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  const adminCredential = sandbox.issueAdminCredential('anthropic');
  const { keys } = await keyturn.support.atVendor.find(ada, { ...ofCase, adminCredential });
  const vendorKeyId = keys[0]?.vendorKeyId ?? '';
  await keyturn.support.atVendor.revoke(ada, { ...ofCase, adminCredential, vendorKeyId });
  const wrong = { ...ofCase, adminCredential: other, vendorKeyId };
  await expect(keyturn.support.atVendor.revoke(ada, wrong)).rejects.toThrow();
  expect(seen.length).toBeGreaterThanOrEqual(6);
  for (const secret of seen) expect(() => secret.bytes()).toThrow(SecretWiped);
});
