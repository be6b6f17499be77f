import { expect, test } from '@jest/globals';
import type { LogFacts } from '@keyturn/service';
import { ada, atWork } from './testSupport/atWork';

const at = atWork({ made: true });

test('V-11: where a vendor retires both models, no key changes its state, and the log says it once', async () => {
  const { sandbox } = at();
  const warned: LogFacts[] = [];
  const keyturn = await at().open({
    log: { info: () => undefined, warn: (facts) => warned.push(facts) },
  });
  const add = async () =>
    (await keyturn.keys.add(ada, { vendor: 'anthropic', pasted: sandbox.issueKey('anthropic') })).key;
  const working = await add();
  expect(working).toMatchObject({ status: 'active', isDefault: true });
  for (const model of ['claude-haiku-5-5', 'claude-haiku-4-5']) sandbox.retireModel('anthropic', model);

  const again = await keyturn.keys.validate(ada, { keyId: working.keyId });
  expect(again).toMatchObject({
    key: { status: 'active', isDefault: true },
    validation: { outcome: 'inconclusive', reason: 'model-unavailable' },
  });
  expect(await add()).toMatchObject({ status: 'pending', isDefault: false });
  const models = warned.filter(({ code }) => code === 'model-unavailable').map(({ model }) => model);
  expect(models).toEqual(['claude-haiku-5-5', 'claude-haiku-4-5']);
  await keyturn.runs.use(ada, { runId: 'r-1' }, () => Promise.resolve());
});

test('V-11: a model that a customer named and a gateway does not have is nobody else’s fault', async () => {
  const { sandbox, open } = at();
  sandbox.retireModel('openai-compatible', 'gone');
  const keyturn = await open({
    endpointOverrides: { 'openai-compatible': sandbox.urls['openai-compatible'] ?? '' },
  });
  const { validation } = await keyturn.keys.add(ada, {
    vendor: 'openai-compatible',
    pasted: sandbox.issueKey('openai-compatible'),
    endpoint: 'https://gateway.example.com/v1',
    model: 'gone',
  });
  expect(validation).toMatchObject({
    reason: 'model-unavailable',
    fault: 'this-key',
    faultSentence: null,
    faultCounts: { workspaces: 1, workspacesTroubled: 0 },
  });
  expect(await keyturn.vendors.troubles(ada)).toEqual([
    { vendor: 'openai-compatible', called: 1, troubled: 0, ours: 0, fault: 'this-key' },
  ]);
});
