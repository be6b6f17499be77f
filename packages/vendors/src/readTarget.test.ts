import { expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import { makeProber } from './prober';
import { table as groq } from './vendors/groq/table';

const { readTarget } = makeProber();

test('V-14: what is wrong with a target is said before its key is added, and of which field', () => {
  const problemOf = (vendor: string, endpoint: string | null, region: string | null) => {
    const read = readTarget({ vendor, endpoint, region });
    return E.isLeft(read) ? read.left : null;
  };
  expect(problemOf('anthropic', null, null)).toBeNull();
  expect(problemOf('openai', null, 'eu')).toBeNull();
  expect(problemOf('unheard-of', 'anything', null)).toBeNull();
  expect(problemOf('openai', 'https://eu.api.openai.com', null)).toEqual({
    field: 'endpoint',
    problem: 'left out: OpenAI keys have no endpoint of their own',
  });
  expect(problemOf('openai', null, 'mars')).toEqual({
    field: 'region',
    problem: 'eu or us for a key of OpenAI, or left out',
  });
  expect(problemOf('anthropic', null, 'eu')).toEqual({
    field: 'region',
    problem: 'left out: Anthropic keys have no region',
  });
});

const endpointOf = (vendor: string, endpoint: string, allowPrivateHosts: ReadonlyArray<string> = []) => {
  const read = makeProber({ allowPrivateHosts }).readTarget({
    vendor,
    endpoint,
    region: null,
    model: 'deployed',
  });
  return E.isRight(read) ? read.right.endpoint : read.left.field;
};

test.each([
  ['azure-openai', 'https://Contoso.OpenAI.azure.com/', 'https://contoso.openai.azure.com'],
  ['azure-openai', 'HTTPS://contoso.openai.azure.com:443', 'https://contoso.openai.azure.com'],
  ['openai-compatible', 'https://gateway.example.com/', 'https://gateway.example.com'],
  ['openai-compatible', 'https://GATEWAY.example.com/V1/', 'https://gateway.example.com/V1'],
])('an endpoint of %s that is written %s reads %s', (vendor, written, read) => {
  expect(endpointOf(vendor, written)).toBe(read);
  expect(endpointOf(vendor, read)).toBe(read);
});

test('an address inside a private network is read where the operator allows it, and nowhere else', () => {
  const endpoint = 'https://10.0.0.5/v1';
  expect(endpointOf('openai-compatible', endpoint)).toBe('endpoint');
  expect(endpointOf('openai-compatible', endpoint, ['10.0.0.6'])).toBe('endpoint');
  expect(endpointOf('openai-compatible', endpoint, ['10.0.0.5'])).toBe(endpoint);
});

test('an address is allowed as it is, in any spelling of it', () => {
  for (const allowed of ['fd00::7', '[fd00::7]', 'fd00:0:0::7', '[fd00:0::0:7]']) {
    expect(endpointOf('openai-compatible', 'https://[fd00::7]/v1', [allowed])).toBe('https://[fd00::7]/v1');
    expect(endpointOf('openai-compatible', 'https://[fd00::8]/v1', [allowed])).toBe('endpoint');
  }
  expect(endpointOf('openai-compatible', 'https://[fd00:0::7]/v1', ['fd00::7'])).toBe('https://[fd00::7]/v1');
});

test("an operator's own table says what is to be named with its keys", () => {
  const key = { ...groq.key, prefixes: [] };
  const own = { ...groq, vendor: 'made-up', displayName: 'Made Up', key };
  const read = makeProber({ ownTables: [own] }).readTarget({
    vendor: 'made-up',
    endpoint: null,
    region: 'eu',
  });
  expect(read).toMatchObject({ left: { field: 'region', problem: 'left out: Made Up keys have no region' } });
});
