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
  CaseId: caseId,
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
