import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../commands';
import { accept, add, key, setDefault } from '../testSupport/commands';
import { given } from '../testSupport/given';

const gone = (...ids: ReadonlyArray<string>) =>
  ids.map((id) => ({
    keyId: key(id),
    fingerprint: `fingerprint-of-${id}`,
    hardDeleted: true,
    leaked: false,
  }));

const acceptLog = (ids: ReadonlyArray<string>, successor: string | null = null): CommandBody => ({
  type: 'AcceptLog',
  known: 100,
  lostKeys: [],
  removals: gone(...ids),
  successor: successor === null ? null : key(successor),
});

const three = [add('k1'), accept('k1'), add('k2'), accept('k2'), add('k3'), accept('k3')] as const;

describe('AcceptLog', () => {
  test('no key that goes too is a successor, nor named as one', () => {
    expect(given(...three).when(acceptLog(['k1', 'k2']))).toMatchObject({
      refused: 'successor-needed',
      facts: { candidates: [{ keyId: 'k3' }] },
    });
    expect(given(...three).when(acceptLog(['k1', 'k2'], 'k2'))).toMatchObject({
      refused: 'successor-not-on-file',
      facts: { candidates: [{ keyId: 'k3' }] },
    });
  });

  test('the successor takes every scope of every key that goes', () => {
    expect(given(...three, setDefault('k2', 'p1')).when(acceptLog(['k2', 'k1'], 'k3'))).toMatchObject({
      emitted: [
        { type: 'LogRestored' },
        { type: 'DefaultChanged', data: { scope: { kind: 'project' }, previousKeyId: 'k2', keyId: 'k3' } },
        { type: 'KeyHardDeleted', data: { keyId: 'k2' } },
        { type: 'DefaultChanged', data: { scope: { kind: 'workspace' }, previousKeyId: 'k1', keyId: 'k3' } },
        { type: 'KeyHardDeleted', data: { keyId: 'k1' } },
      ],
    });
  });

  test.each([[['k1', 'k2', 'k3']], [['k3', 'k2', 'k1']]])('all keys may go: %j', (ids) => {
    expect(given(...three).when(acceptLog(ids))).toMatchObject({
      emitted: expect.arrayContaining([
        {
          type: 'DefaultChanged',
          data: { scope: { kind: 'workspace' }, previousKeyId: 'k1', keyId: null, cause: 'last-key-removed' },
        },
      ]),
    });
  });
});
