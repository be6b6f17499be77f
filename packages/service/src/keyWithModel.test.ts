import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { freshSite } from './testSupport/site';
import { leftOf } from './testSupport/leftOf';

const site = freshSite();

const AZURE = {
  vendor: 'azure-openai',
  endpoint: 'https://contoso.openai.azure.com',
  model: 'gpt-4.1-prod',
};
const GATEWAY = {
  vendor: 'openai-compatible',
  endpoint: 'https://gateway.example.com/team-a/v1',
  model: 'meta/llama-4@prod',
};

describe.each([AZURE, GATEWAY])('a key of $vendor comes with its endpoint and its model', (request) => {
  test('which its test calls ask for, when it is added and ever after', async () => {
    const { keyturn, sandbox, as } = site();
    const pasted = sandbox.issueKey(request.vendor);
    const added = await expectRight(keyturn.addKey(as(), { ...request, pasted }));
    expect(added).toMatchObject({ key: { status: 'active' }, validation: { kind: 'accepted' } });

    // Another process knows of it by its events alone.
    await expectRight(site().another().validateKey(as(), { keyId: added.key.keyId }));
    expect(sandbox.callsWith(pasted).map(({ vendor, model }) => ({ vendor, model }))).toEqual([
      { vendor: request.vendor, model: request.model },
      { vendor: request.vendor, model: request.model },
    ]);
  });

  test.each(['endpoint', 'model'])('without its %s it is refused, and nothing is sent', async (field) => {
    const { keyturn, sandbox, as } = site();
    const pasted = sandbox.issueKey(request.vendor);
    const refusal = await leftOf(keyturn.addKey(as(), { ...request, pasted, [field]: undefined }));
    expect(refusal).toMatchObject({ code: 'invalid-input', facts: { field } });
    expect(sandbox.calls).toEqual([]);
  });

  test.each([
    ['model', (part: string) => ({ model: `gpt-${part}` })],
    ['endpoint', (part: string) => ({ endpoint: `https://${part}.example.com` })],
  ])('I-36: one with a part of the key in its %s is refused', async (field, change) => {
    const { keyturn, sandbox, as } = site();
    const pasted = sandbox.issueKey(request.vendor);
    const refusal = await leftOf(
      keyturn.addKey(as(), { ...request, pasted, ...change(pasted.slice(10, 24)) }),
    );
    expect(refusal).toMatchObject({ code: 'text-contains-secret', facts: { field } });
    expect(JSON.stringify(refusal)).not.toContain(pasted.slice(10, 18));
    expect(sandbox.calls).toEqual([]);
  });
});

test.each(['anthropic', 'openai', 'deepseek'])('a key of %s has no model of its own', async (vendor) => {
  const { keyturn, sandbox, as } = site();
  const pasted = sandbox.issueKey(vendor);
  const refusal = await leftOf(keyturn.addKey(as(), { vendor, pasted, model: 'gpt-4.1' }));
  expect(refusal).toMatchObject({ code: 'invalid-input', facts: { field: 'model' } });
  expect(sandbox.calls).toEqual([]);
});

test('the same secret with another model is the same key', async () => {
  const { keyturn, sandbox, as } = site();
  const pasted = sandbox.issueKey('azure-openai');
  const { key } = await expectRight(keyturn.addKey(as(), { ...AZURE, pasted }));
  const refusal = await leftOf(keyturn.addKey(as(), { ...AZURE, model: 'gpt-4.1-dev', pasted }));
  expect(refusal).toMatchObject({
    code: 'key-already-on-file',
    facts: { existing: { keyId: key.keyId } },
  });
});

test.each([
  [GATEWAY, 'https://gateway.example.com/team-a/v1/'],
  [GATEWAY, 'https://Gateway.Example.com/team-a/v1'],
  [AZURE, 'https://contoso.openai.azure.com/'],
  [AZURE, 'HTTPS://CONTOSO.openai.azure.com:443'],
])(
  'the same secret at the same endpoint is the same key, however that is written: %j, %s',
  async (request, written) => {
    const { keyturn, sandbox, as } = site();
    const pasted = sandbox.issueKey(request.vendor);
    const { key } = await expectRight(keyturn.addKey(as(), { ...request, endpoint: written, pasted }));
    const refusal = await leftOf(keyturn.addKey(as(), { ...request, pasted }));
    expect(refusal).toMatchObject({
      code: 'key-already-on-file',
      facts: { existing: { keyId: key.keyId } },
    });
    expect(sandbox.callsWith(pasted)).toHaveLength(1);
  },
);
