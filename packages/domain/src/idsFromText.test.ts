import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  actor,
  caseId,
  commandId,
  correlationId,
  InvalidId,
  keyId,
  projectId,
  runId,
  vendor,
  workspaceId,
} from './idsFromText';

const constructors = {
  WorkspaceId: workspaceId,
  KeyId: keyId,
  RunId: runId,
  ProjectId: projectId,
  CommandId: commandId,
  CorrelationId: correlationId,
};

describe.each(Object.entries(constructors))('a %s out of a text', (kind, construct) => {
  test('is the text itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/), (text) => {
        expect(construct(text)).toBe(text);
      }),
    );
  });

  test.each(['', ' a', 'a b', 'a/b', 'ä', 'a'.repeat(65)])('is refused for %j', (text) => {
    expect(() => construct(text)).toThrow(
      `Not a ${kind}. It has to be 1 to 64 of the characters A-Z a-z 0-9 _ -.`,
    );
    expect(() => construct(text)).toThrow(InvalidId);
  });
});

test.each(['#1042', 'SEC/1042', 'SEC-1042', 'acme/keys#7', 'INC0010023', '2026:7'])(
  'F-D1: a case is called as its tracker calls it: %s',
  (text) => {
    expect(caseId(text)).toBe(text);
  },
);

test.each(['', ' a', 'a b', 'ä', '<b>', 'a'.repeat(65)])('a case is not called %j', (text) => {
  expect(() => caseId(text)).toThrow(
    'Not a CaseId. It has to be 1 to 64 of the characters A-Z a-z 0-9 _ . : / # -.',
  );
});

test.each([
  'auth0|5f7c8ec7c33c6c004bbafe82',
  'google-oauth2|103547991597142817347',
  'arn:aws:iam::123456789012:user/ada',
  'spiffe://example.org/ns/prod/sa/compiler',
  'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66',
  "o'brien@example.org",
  'DOMAIN\\ada',
  'ci/cd',
  'ada_example.org#EXT#@contoso.onmicrosoft.com',
  'cn=ada,ou=people,dc=example',
  'a'.repeat(72),
  'a'.repeat(256),
])('V-22, F-B7: an actor is called as an identity provider calls it: %s', (id) => {
  expect(actor({ kind: 'user', id })).toEqual({ kind: 'user', id });
});

test.each(['', 'ada lovelace', 'ada\n', 'ada\u200d', 'ädä', '<b>', '"ada"', '`id`', 'a'.repeat(257)])(
  'V-22: an actor is not called %j',
  (id) => {
    expect(() => actor({ kind: 'user', id })).toThrow(InvalidId);
  },
);

test('a vendor is its slug', () => {
  expect(vendor('azure-openai')).toBe('azure-openai');
  for (const text of ['', '-a', 'Anthropic', 'a'.repeat(33)]) expect(() => vendor(text)).toThrow(InvalidId);
});

test('an actor has a kind and an id, and at most an origin', () => {
  expect(actor({ kind: 'user', id: 'ada@example.org', originRef: 'origin-7' })).toEqual({
    kind: 'user',
    id: 'ada@example.org',
    originRef: 'origin-7',
  });
  expect(() => actor({ kind: 'user', id: 'two words' })).toThrow(InvalidId);
  expect(() => actor({ kind: 'user', id: 'ada', originRef: 'a b' })).toThrow(InvalidId);
});

test('what was passed by mistake is not repeated', () => {
  const secret = `sk-ant-${'x'.repeat(90)}`;
  expect(() => workspaceId(secret)).not.toThrow(secret);
});
