import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at, openWorkshop, type Workshop } from './testSupport/workshop';

/** What the vendor answers next, whatever it is asked. */
let answer: { readonly status: number; readonly body: object };
let shop: Workshop;
let vendor: Server;
let url: string;
beforeAll(async () => {
  shop = await openWorkshop({ init: 'copied' });
  vendor = createServer((request, response) =>
    request.resume().on('end', () => {
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer.body));
    }),
  );
  vendor.listen(0, '127.0.0.1');
  await once(vendor, 'listening');
  const address = vendor.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
});
afterAll(async () => {
  vendor.close();
  await shop.close();
});

const anthropic = (status: number, type: string, message: string) => ({
  status,
  body: { type: 'error', error: { type, message } },
});
const openai = (status: number, code: string, message: string) => ({
  status,
  body: { error: { message, type: 'invalid_request_error', param: null, code } },
});

let workspaces = 0;
/** A key of a workspace of its own, added while its vendor answers so. */
const added = async (slug: string, more: ReadonlyArray<string> = []) => {
  const workspace = `w${(workspaces += 1)}`;
  const env = { KEYTURN_ENDPOINT_ANTHROPIC: url, KEYTURN_ENDPOINT_OPENAI: url };
  const words = ['keys', 'add', '--workspace', workspace, '--vendor', slug, ...more];
  const { status, stdout, stderr } = await shop.run(words, { input: shop.sandbox.issueKey(slug), env });
  const list = await shop.ask(['keys', 'list', '--workspace', workspace]);
  const audit = await shop.ask(['audit', 'list', '--workspace', workspace]);
  const sentences = at(audit.document, 'entries');
  return {
    exit: status,
    said: stdout,
    next: stderr,
    listed: at(list.document, 'keys', 0, 'status'),
    audit: JSON.stringify(sentences),
  };
};

const UNSUPPORTED = {
  status: 403,
  body: {
    error: {
      message: 'Country, region, or territory not supported',
      type: 'request_forbidden',
      param: null,
      code: 'unsupported_country_region_territory',
    },
  },
};
const NO_MODEL = anthropic(404, 'not_found_error', 'model: claude-haiku-5-5');
const OURS = 'the operator of this service has to mend it';

describe('what a vendor answers is told as what it means', () => {
  test.each([
    [
      'V-8: restricted, and by what',
      'openai',
      openai(401, 'missing_scope', 'You have insufficient permissions for this operation. Missing scopes: x'),
      { listed: 'failed', said: "does not permit this call: the key's own scope leaves it out (HTTP 401)." },
      'Permit the call in the vendor',
      'KeyValidationFailed',
    ],
    [
      'V-11: the model of the test call is gone',
      'anthropic',
      NO_MODEL,
      { listed: 'pending', said: 'no verdict, Anthropic no longer has the models that a test call asks for' },
      'the operator of this service has to name a model',
      'KeyValidationInconclusive',
    ],
    [
      'V-12: a region that Anthropic refuses',
      'anthropic',
      anthropic(403, 'forbidden', 'Request not allowed'),
      { listed: 'pending', said: 'does not serve the region where this service runs' },
      OURS,
      'KeyValidationInconclusive',
    ],
    [
      'V-12: a region that OpenAI refuses',
      'openai',
      UNSUPPORTED,
      { listed: 'pending', said: 'does not serve the region where this service runs' },
      OURS,
      'KeyValidationInconclusive',
    ],
    [
      'V-14: a key of another region',
      'openai',
      openai(401, 'incorrect_hostname', 'Please make your request to eu.api.openai.com'),
      { listed: 'failed', said: 'it is a key of another region' },
      '--region',
      'KeyValidationFailed',
    ],
    [
      'V-15: a key that needs its workspace named',
      'anthropic',
      anthropic(400, 'invalid_request_error', 'anthropic-workspace-id is required for this API key.'),
      { listed: 'failed', said: 'the call has to name its workspace' },
      'make a key of one workspace (https://',
      'KeyValidationFailed',
    ],
  ] as const)('%s', async (_, slug, given, { listed, said }, next, action) => {
    answer = given;
    const told = await added(slug);
    expect(told).toMatchObject({ exit: 0, listed });
    expect(told.said).toContain(said);
    expect(told.next).toContain(next);
    expect(told.audit).toContain(action);
  });

  test('V-11: a working Default stays Default and active, and both models were asked for', async () => {
    const { keyId, secret } = await shop.add('working');
    for (const model of new Set(shop.sandbox.calls.flatMap((call) => call.model ?? [])))
      shop.sandbox.retireModel('anthropic', model);
    const first = await shop.ask(['keys', 'validate', keyId, '--workspace', 'working']);
    for (const model of new Set(shop.sandbox.callsWith(secret).flatMap((call) => call.model ?? [])))
      shop.sandbox.retireModel('anthropic', model);
    const gone = await shop.ask(['keys', 'validate', keyId, '--workspace', 'working']);
    expect(at(first.document, 'validation', 'outcome')).toBe('accepted');
    expect(gone.document).toMatchObject({
      key: { status: 'active', isDefault: true },
      validation: { outcome: 'inconclusive', reason: 'model-unavailable', fault: 'platform-side' },
      brokenDefaults: [],
    });
    expect((await shop.run(['runs', 'start', 'run-1', '--workspace', 'working'])).status).toBe(0);
  });

  test('V-14: --region takes what the vendor has; another word, or --endpoint, is refused in a sentence', async () => {
    const words = ['keys', 'add', '--workspace', 'regions', '--vendor', 'openai'];
    const input = shop.sandbox.issueKey('openai');
    const region = await shop.ask([...words, '--region', 'mars'], { input });
    expect(region).toMatchObject({ status: 1, document: { refused: { facts: { field: 'region' } } } });
    expect(at(region.document, 'refused', 'message')).not.toContain('..');
    const endpoint = await shop.ask([...words, '--endpoint', 'https://eu.api.openai.com'], { input });
    expect(endpoint).toMatchObject({ status: 1, document: { refused: { facts: { field: 'endpoint' } } } });
    expect(at(endpoint.document, 'refused', 'message')).not.toContain('..');
    const right = await shop.ask([...words, '--region', 'eu'], { input });
    expect(right).toMatchObject({ status: 0, document: { key: { status: 'active' } } });
    const listed = await shop.ask(['keys', 'list', '--workspace', 'regions']);
    expect(at(listed.document, 'keys', 0, 'region')).toBe('eu');
  });
});
