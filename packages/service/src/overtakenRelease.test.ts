import { expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import * as TE from 'fp-ts/TaskEither';
import { leftOf } from './testSupport/leftOf';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite();

test('a hard delete that overtakes a release is told as that, and not as a vault that lost a row', async () => {
  const { key } = await addedKey(site());
  const { vault } = site();
  const overtaken = site().another({
    vault: {
      ...vault,
      open: (gate, use) =>
        vault.open(
          {
            ...gate,
            authorise: async () => {
              const binding = await gate.authorise();
              await expectRight(
                site().another().hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }),
              );
              return binding;
            },
          },
          use,
        ),
    },
  });
  const release = overtaken.startRunWithSecret(site().as(), { runId: 'late' }, () => TE.right('opened'));
  expect(await leftOf(release)).toMatchObject({ code: 'run-interrupted' });
});

test('a hard delete that comes right after its freeze is told as that, and not as a frozen row', async () => {
  const { key } = await addedKey(site());
  const { vault } = site();
  await expectRight(vault.freeze({ workspaceId: 'acme', keyId: key.keyId }));
  const codes: unknown[] = [];
  const overtaken = site().another({
    vault: {
      ...vault,
      open: (gate, use) => async () => {
        const opened = await vault.open(gate, use)();
        codes.push(await leftOf(() => Promise.resolve(opened)));
        await expectRight(site().another().hardDeleteKey(site().as(), { keyId: key.keyId, caseId: 'C-1' }));
        return opened;
      },
    },
  });
  const release = overtaken.startRunWithSecret(site().as(), { runId: 'late' }, () => TE.right('opened'));
  expect(await leftOf(release)).toMatchObject({ code: 'run-interrupted' });
  expect(codes).toMatchObject([{ code: 'frozen' }]);
});

test('a suspension that overtakes a release stops it, before the secret is opened', async () => {
  const { key } = await addedKey(site());
  const { keyId } = key;
  const caseId = 'C-1';
  await expectRight(site().keyturn.reportLeak(site().as(), { keyId, caseId }));
  const { vault } = site();
  let opened = false;
  const overtaken = site().another({
    vault: {
      ...vault,
      open: (gate, use) =>
        vault.open(
          {
            ...gate,
            authorise: async () => {
              const binding = await gate.authorise();
              await expectRight(site().another().suspendKey(site().as(), { keyId, caseId }));
              return binding;
            },
          },
          use,
        ),
    },
  });
  const release = overtaken.startRunWithSecret(site().as(), { runId: 'late' }, () => {
    opened = true;
    return TE.right('opened');
  });
  expect(await leftOf(release)).toMatchObject({ code: 'key-suspended', facts: { key: { keyId } } });
  expect(opened).toBe(false);
});
