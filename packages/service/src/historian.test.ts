import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { makeHistorian } from './historian';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite();

describe('history without a vault', () => {
  test('is what the service tells', async () => {
    const { key } = await addedKey(site());
    await expectRight(site().keyturn.startRun(site().as(), { runId: 'r1' }));
    const { history } = makeHistorian({
      eventStore: site().eventStore,
      authorize: () => Promise.resolve(true),
    });
    const then = await expectRight(history(site().as(), { keyId: key.keyId }));
    expect(then.openRuns).toHaveLength(1);
    expect(then).toEqual(await expectRight(site().keyturn.history(site().as(), { keyId: key.keyId })));
  });

  test('is asked for', async () => {
    await addedKey(site());
    const lines: unknown[] = [];
    const { history } = makeHistorian({
      eventStore: site().eventStore,
      authorize: ({ action }) => Promise.resolve(action !== 'ReadHistory'),
      log: { info: (...line) => lines.push(line), warn: (...line) => lines.push(line) },
    });
    await expect(leftOf(history(site().as()))).resolves.toMatchObject({ code: 'not-permitted' });
    expect(lines).toHaveLength(1);
  });
});
