import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import { parseOrigin } from './customersEndpoint';
import { destinationOf } from './destination';
import { table as anthropic } from './vendors/anthropic/table';
import { table as openai } from './vendors/openai/table';
import type { VendorTable } from './vendorTable';

const regional: VendorTable = {
  ...anthropic,
  vendor: 'regional',
  url: 'https://runtime.{region}.example.com/model/{model}/converse',
  models: ['nova-micro-v1:0', 'nova-lite-v1:0'],
};
const ownEndpoint: VendorTable = { ...anthropic, vendor: 'own', url: '{endpoint}/openai/v1/responses' };

const addressOf = (table: VendorTable, endpoint: string | null, region: string | null, override?: URL) => {
  const target = { vendor: table.vendor, endpoint, region };
  const destination = destinationOf(table, target, table.models[0] ?? '', override);
  return E.isRight(destination) ? destination.right.url.href : null;
};

describe('the address of a test call', () => {
  test('is the table’s', () => {
    expect(addressOf(anthropic, null, null)).toBe('https://api.anthropic.com/v1/messages');
  });

  test('has region and model in their places', () => {
    expect(addressOf(regional, null, 'eu-west-1')).toBe(
      'https://runtime.eu-west-1.example.com/model/nova-micro-v1%3A0/converse',
    );
  });

  test('V-14: is of the host of a key’s region', () => {
    expect(addressOf(openai, null, null)).toBe('https://api.openai.com/v1/responses');
    expect(addressOf(openai, null, 'eu')).toBe('https://eu.api.openai.com/v1/responses');
    expect(addressOf(openai, null, 'us')).toBe('https://us.api.openai.com/v1/responses');
    for (const region of ['mars', 'EU', '', 'constructor', '__proto__']) {
      expect(addressOf(openai, null, region)).toBeNull();
    }
  });

  test('has the customer’s endpoint where the table says so', () => {
    expect(addressOf(ownEndpoint, 'https://contoso.example.com', null)).toBe(
      'https://contoso.example.com/openai/v1/responses',
    );
  });

  test('goes to the operator’s origin, and there alone, whatever the endpoint', () => {
    const override = new URL('http://127.0.0.1:8080');
    expect(addressOf(ownEndpoint, 'https://contoso.example.com', null, override)).toBe(
      'http://127.0.0.1:8080/openai/v1/responses',
    );
    expect(addressOf(anthropic, null, null, override)).toBe('http://127.0.0.1:8080/v1/messages');
  });
});

test('only an operator’s origin may lead into the own network', () => {
  const target = { vendor: 'anthropic', endpoint: null, region: null };
  const origin = new URL('http://127.0.0.1:8080');
  expect(destinationOf(anthropic, target, 'm', undefined)).toMatchObject({ right: { publicOnly: true } });
  expect(destinationOf(anthropic, target, 'm', origin)).toMatchObject({ right: { publicOnly: false } });
});

test.each([
  ['http', 'http://contoso.example.com'],
  ['a port', 'https://contoso.example.com:8443'],
  ['a user', 'https://user@contoso.example.com'],
  ['a user and a password', 'https://user:pass@contoso.example.com'],
  ['a path', 'https://contoso.example.com/elsewhere'],
  ['a query', 'https://contoso.example.com?x=1'],
  ['a fragment', 'https://contoso.example.com#x'],
  ['a backslash', 'https://contoso.example.com\\@10.0.0.1'],
  ['another scheme', 'file:///etc/passwd'],
  ['a loopback address', 'https://127.0.0.1'],
  ['a loopback address in disguise', 'https://2130706433'],
  ['an inner IPv6 address', 'https://[fd00:ec2::254]'],
  ['a mapped address', 'https://[::ffff:169.254.169.254]'],
  ['white space', 'https://contoso.example.com '],
  ['nothing', ''],
])('an endpoint with %s is refused', (_what, endpoint) => {
  expect(addressOf(ownEndpoint, endpoint, null)).toBeNull();
});

test('port 443 written out is port 443', () => {
  expect(addressOf(ownEndpoint, 'https://contoso.example.com:443', null)).toBe(
    'https://contoso.example.com/openai/v1/responses',
  );
});

test('no region can move the call to another host or path', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9.@:/#?\\%-]{1,70}$/)), (region) => {
      const address = addressOf(regional, null, region);
      if (address === null) return;
      const url = new URL(address);
      expect(url.hostname).toBe(`runtime.${region}.example.com`);
      expect(region).toMatch(/^[a-z0-9-]{1,63}$/);
      expect(url.pathname).toBe('/model/nova-micro-v1%3A0/converse');
      expect([url.username, url.password, url.port, url.search, url.hash].join('')).toBe('');
    }),
  );
});

test('what is not wanted is refused, and so is its lack', () => {
  expect(addressOf(regional, null, null)).toBeNull();
  expect(addressOf(ownEndpoint, null, null)).toBeNull();
  expect(addressOf(anthropic, null, 'eu-west-1')).toBeNull();
  expect(addressOf(anthropic, 'https://contoso.example.com', null)).toBeNull();
});

test.each(['http://127.0.0.1:8080', 'http://127.0.0.1:8080/', 'https://localhost', 'HTTP://[::1]:9'])(
  'an operator may write the origin %s',
  (text) => {
    expect(parseOrigin(text)?.origin).toBe(new URL(text).origin);
  },
);

const gateway: VendorTable = {
  ...anthropic,
  vendor: 'gateway',
  url: '{baseUrl}/chat/completions',
  models: [],
};

describe('an endpoint that may have a path', () => {
  const addressWith = (endpoint: string, allowed?: ReadonlySet<string>, override?: URL) => {
    const target = { vendor: 'gateway', endpoint, region: null, model: 'llama' };
    const destination = destinationOf(gateway, target, 'llama', override, allowed);
    return E.isRight(destination) ? destination.right.url.href : null;
  };

  test.each([
    ['https://gateway.example.com/v1', 'https://gateway.example.com/v1/chat/completions'],
    ['https://gateway.example.com/v1/', 'https://gateway.example.com/v1/chat/completions'],
    ['https://gateway.example.com', 'https://gateway.example.com/chat/completions'],
    ['https://gateway.example.com/', 'https://gateway.example.com/chat/completions'],
    ['https://g.example.com/team-a/v1.2/~x', 'https://g.example.com/team-a/v1.2/~x/chat/completions'],
  ])('%s', (endpoint, address) => {
    expect(addressWith(endpoint)).toBe(address);
  });

  test.each([
    'http://gateway.example.com/v1',
    'https://gateway.example.com:8443/v1',
    'https://user@gateway.example.com/v1',
    'https://gateway.example.com/v1?key=1',
    'https://gateway.example.com/v1#x',
    'https://gateway.example.com//v1',
    'https://gateway.example.com/v1/../admin',
    'https://gateway.example.com/v1/./x',
    'https://gateway.example.com/..',
    'https://gateway.example.com/%2e%2e/v1',
    'https://gateway.example.com/v 1',
    'https://gateway.example.com/v1\n',
    'https://gateway.example.com\\@10.0.0.1/v1',
    'https://127.0.0.1/v1',
    'https://[::1]/v1',
    'gateway.example.com/v1',
    '',
  ])('%j is none', (endpoint) => {
    expect(addressWith(endpoint)).toBeNull();
  });

  test('leads where it says, whatever it is', () => {
    const parts = fc.stringMatching(/^[a-z0-9./?#@:%\\~_-]{0,30}$/);
    fc.assert(
      fc.property(parts, (rest) => {
        const address = addressWith(`https://gateway.example.com${rest}`);
        if (address === null) return;
        const url = new URL(address);
        expect(url.origin).toMatch(/^https:\/\/gateway\.example\.com[a-z0-9.~_-]*$/);
        expect(address.endsWith('/chat/completions')).toBe(true);
        expect([url.username, url.password, url.port, url.search, url.hash].join('')).toBe('');
      }),
    );
  });

  test('keeps its path behind the operator’s origin', () => {
    const override = new URL('http://127.0.0.1:8080');
    expect(addressWith('https://gateway.example.com/v1', undefined, override)).toBe(
      'http://127.0.0.1:8080/v1/chat/completions',
    );
  });

  test('may be inside a private network where the operator allows its host', () => {
    expect(addressWith('https://10.0.0.7/v1', new Set(['10.0.0.7']))).toBe(
      'https://10.0.0.7/v1/chat/completions',
    );
  });
});

describe('a model', () => {
  const problemOf = (table: VendorTable, model: string | null | undefined) => {
    const target = { vendor: table.vendor, endpoint: null, region: null, model: model ?? null };
    const endpoint = table.url.startsWith('{') ? 'https://contoso.example.com' : null;
    const destination = destinationOf(table, { ...target, endpoint }, model ?? '', undefined);
    return E.isLeft(destination) ? destination.left : null;
  };

  test.each(['gpt-4.1', 'gpt-4o_prod', 'meta/llama-4@prod', 'a', 'a'.repeat(128)])('%s', (model) => {
    expect(problemOf(gateway, model)).toBeNull();
  });

  test.each([null, '', 'two words', '-x', 'a'.repeat(129), 'a\n', 'é'])('%j is none', (model) => {
    expect(problemOf(gateway, model)).toMatchObject({ field: 'model' });
  });

  test('is refused where the table has its own', () => {
    expect(problemOf(anthropic, 'claude-haiku-4-5')).toEqual({
      field: 'model',
      problem: 'left out: test calls of Anthropic keys ask for one of its own',
    });
    expect(problemOf(anthropic, null)).toBeNull();
  });
});
