import { describe, expect, test } from '@jest/globals';
import { ProberFault } from './faults';
import { makeProber } from './prober';
import type { ProberOptions } from './proberOptions';
import { VENDOR_TABLES } from './vendors/tables';
import { loadTables } from './vendorTables';
import { table as anthropic } from './vendors/anthropic/table';

const faultOf = (options: ProberOptions): ProberFault | null => {
  try {
    makeProber(options);
    return null;
  } catch (fault) {
    if (fault instanceof ProberFault) return fault;
    throw fault;
  }
};

const rule = {
  status: 401,
  codes: null,
  phrases: null,
  unless: [],
  body: 'error',
  means: 'rejected',
  cause: null,
};
const errors = { ...anthropic.errors, rules: [] };

test.each(['{endpoint}/v1/chat', '{baseUrl}/chat'])(
  'a table may have no models where %s is called',
  (url) => {
    expect(faultOf({ ownTables: [{ ...anthropic, url, models: [], killCheck: null }] })).toBeNull();
  },
);

test('the tables of the package are in order, and each can be replaced by itself', () => {
  expect([...loadTables(VENDOR_TABLES, {}).tables.values()]).toEqual(VENDOR_TABLES);
  expect([...loadTables([], {}).tables.values()]).toEqual(VENDOR_TABLES);
});

describe('a table is refused', () => {
  test.each<[string, unknown, string]>([
    ['that is no object', 7, 'Vendor table 1'],
    ['without a name', { ...anthropic, vendor: undefined }, 'vendor'],
    ['with a name that is no slug', { ...anthropic, vendor: 'Anthropic!' }, 'a vendor slug'],
    ['without a date', { ...anthropic, version: 'new' }, 'a date'],
    [
      'that sends the secret nowhere',
      { ...anthropic, headers: { 'x-api-key': 'none' } },
      'exactly one header',
    ],
    [
      'that sends the secret twice',
      { ...anthropic, headers: { ...anthropic.headers, 'x-copy': '{secret}' } },
      'exactly one header',
    ],
    [
      'that sends the secret twice in one header',
      { ...anthropic, headers: { 'x-api-key': '{secret} {secret}' } },
      'exactly one header',
    ],
    ['with the secret in the address', { ...anthropic, url: 'https://a.example/{secret}' }, 'only a header'],
    [
      'with the secret in the query',
      { ...anthropic, url: 'https://a.example/v1?key={secret}' },
      'only a header',
    ],
    ['with the secret in the body', { ...anthropic, body: ['{model}', '{secret}'] }, 'only a header'],
    ['over http', { ...anthropic, url: 'http://api.example.com/v1' }, 'url must be'],
    ['with a port', { ...anthropic, url: 'https://api.example.com:8443/v1' }, 'url must be'],
    ['with a user', { ...anthropic, url: 'https://user@api.example.com/v1' }, 'url must be'],
    ['with a query', { ...anthropic, url: 'https://api.example.com/v1?a=b' }, 'url must be'],
    ['with an unknown placeholder', { ...anthropic, url: 'https://api.example.com/{path}' }, 'url must be'],
    ['that never names the model', { ...anthropic, body: {} }, '{model}'],
    [
      'that takes any 200 for a success',
      { ...anthropic, success: { status: 200, conditions: [] } },
      'condition',
    ],
    [
      'whose kill check takes any 200 for a refusal',
      {
        ...anthropic,
        killCheck: { ...anthropic.killCheck, refusals: [{ status: 200, conditions: [] }] },
      },
      'refusals needs',
    ],
    ['with another method', { ...anthropic, method: 'GET' }, 'method'],
    [
      'with a status that is none',
      { ...anthropic, errors: { ...errors, rules: [{ ...rule, status: 42 }] } },
      'HTTP status',
    ],
    [
      'with an unknown meaning',
      { ...anthropic, errors: { ...errors, rules: [{ ...rule, means: 'accepted' }] } },
      'means',
    ],
    [
      'with a misspelt member in a rule',
      { ...anthropic, errors: { ...errors, rules: [{ ...rule, phrases: undefined, phrase: 'low' }] } },
      'phrases',
    ],
    [
      'with a rule on a code that it does not know',
      { ...anthropic, errors: { ...errors, rules: [{ ...rule, codes: ['new_code'] }] } },
      'new_code',
    ],
    [
      'with a code that could carry text',
      { ...anthropic, errors: { ...errors, knownCodes: ['two words'] } },
      'a code of the vendor',
    ],
    [
      'with a rule for any body that decides against the key',
      { ...anthropic, errors: { ...errors, rules: [{ ...rule, body: 'any' }] } },
      'a rule for any body',
    ],
    [
      'without a form of errors',
      { ...anthropic, errors: { ...errors, shapes: [] } },
      'errors.shapes is empty',
    ],
    [
      'with a form that asks for an id of a form that is not known',
      {
        ...anthropic,
        requestId: null,
        errors: {
          ...errors,
          shapes: [{ conditions: [{ requestId: 'in-its-own-form' }], message: 'error.message', codes: [] }],
        },
      },
      'asks for a request id',
    ],
    [
      'with a cause where there is none to tell',
      { ...anthropic, errors: { ...errors, rules: [{ ...rule, means: 'unfunded', cause: 'scope' }] } },
      'has a cause',
    ],
    ['without models, at a host of its own', { ...anthropic, models: [] }, 'models must be two'],
    ['with an address in the middle', { ...anthropic, url: 'https://a.example/{baseUrl}' }, 'url must be'],
    ['with one model', { ...anthropic, models: ['claude-haiku-5-5'] }, 'models must be two'],
    ['whose test call is dear', { ...anthropic, cost: { usd: 0.01, inWords: 'much' } }, 'a price up to'],
    ['without steps', { ...anthropic, steps: { make: [], revoke: ['Open it.'] } }, 'steps say'],
    [
      'with hosts of regions behind a host of its own',
      { ...anthropic, url: '{endpoint}/v1/messages', regions: { eu: 'eu.example.com' } },
      'regions take the place',
    ],
    [
      'with a broken pattern',
      { ...anthropic, key: { ...anthropic.key, pattern: '^($' } },
      'regular expression',
    ],
    [
      'with a page that is no https address',
      { ...anthropic, pages: { ...anthropic.pages, revocation: 'javascript:alert(1)' } },
      'an https address',
    ],
  ])('%s', (_what, table, says) => {
    const fault = faultOf({ ownTables: [table] });
    expect(fault?.code).toBe('bad-vendor-table');
    expect(fault?.message).toContain(says);
  });

  test('that is there twice', () => {
    expect(faultOf({ ownTables: [anthropic, anthropic] })?.message).toContain('Two vendor tables');
  });
});

describe('an option is refused', () => {
  test.each<[string, ProberOptions, string]>([
    ['a model that is none', { models: { anthropic: 'two words' } }, 'bad-vendor-table'],
    ['a model for nobody', { models: { nobody: 'model' } }, 'bad-vendor-table'],
    [
      'an override for nobody',
      { endpointOverrides: { nobody: 'http://127.0.0.1:1' } },
      'bad-endpoint-override',
    ],
    [
      'an override with a path',
      { endpointOverrides: { openai: 'http://a.example/v1' } },
      'bad-endpoint-override',
    ],
    [
      'an override with a user',
      { endpointOverrides: { openai: 'http://u@a.example' } },
      'bad-endpoint-override',
    ],
    [
      'an override of another scheme',
      { endpointOverrides: { openai: 'ftp://a.example' } },
      'bad-endpoint-override',
    ],
    [
      'an override with a port beyond all',
      { endpointOverrides: { openai: 'http://a.example:99999' } },
      'bad-endpoint-override',
    ],
    [
      'I-36, V-10: http to another machine',
      { endpointOverrides: { openai: 'http://10.0.0.7:8080' } },
      'bad-endpoint-override',
    ],
    [
      'http to a name that only begins as loopback',
      { endpointOverrides: { openai: 'http://127.0.0.1.example' } },
      'bad-endpoint-override',
    ],
    ['a time-out of nothing', { timeoutMs: 0 }, 'bad-option'],
    ['a time-out beyond all timers', { timeoutMs: 2 ** 31 }, 'bad-option'],
    ['no time-out', { timeoutMs: NaN }, 'bad-option'],
    ['no attempt', { retry: { attempts: 0 } }, 'bad-option'],
    ['half an attempt', { retry: { attempts: 1.5 } }, 'bad-option'],
  ])('%s', (_what, options, code) => {
    expect(faultOf(options)?.code).toBe(code);
  });
});

test.each([
  'http://127.0.0.1:8080',
  'http://localhost',
  'http://[::1]:1',
  'https://10.0.0.7',
  'https://a.example',
])('an override is taken: %s', (origin) => {
  expect(faultOf({ endpointOverrides: { openai: origin } })).toBeNull();
});

test('I-44: a fault does not repeat a name that may be a key', () => {
  const key = 'sk-ant-api03-AbCdEfGhIjKl';
  for (const options of [{ endpointOverrides: { [key]: 'http://127.0.0.1' } }, { models: { [key]: 'm' } }]) {
    const fault = faultOf(options);
    expect(fault).not.toBeNull();
    expect(fault?.message.toLowerCase()).not.toContain(key.toLowerCase());
  }
});
