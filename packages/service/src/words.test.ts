import { pseudoLocale } from '@keyturn/domain';
import { expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { makeHistorian } from './historian';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite(() => ({ words: pseudoLocale }));

test('every label that the service gives is in the language that it was made with', async () => {
  const { as, keyturn, eventStore } = site();
  const first = (await addedKey(site())).key;
  const second = (await addedKey(site(), 'openai')).key;
  const { key: chosen } = await expectRight(keyturn.setDefault(as(), { keyId: second.keyId }));
  const { key: tested } = await expectRight(keyturn.validateKey(as(), { keyId: first.keyId }));
  const now = await expectRight(keyturn.history(as()));
  const historian = makeHistorian({
    eventStore,
    authorize: () => Promise.resolve(true),
    words: pseudoLocale,
  });
  const then = await expectRight(historian.history(as()));
  const { key: deleted } = await expectRight(keyturn.deleteKey(as(), { keyId: first.keyId }));
  const summaries = [first, second, chosen, tested, deleted, ...now.keys, ...then.keys];
  expect(summaries).toHaveLength(9);
  for (const { display } of summaries) expect(display).not.toMatch(/[A-Za-z]/);
});
