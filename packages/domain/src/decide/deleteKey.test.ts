import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../commands';
import {
  accept,
  add,
  confirm,
  exactly,
  fail,
  finish,
  hardDelete,
  remove,
  reportLeak,
  setDefault,
  start,
} from '../testSupport/commands';
import { given } from '../testSupport/given';

const two = [add('k1'), accept('k1'), add('k2'), accept('k2')] as const;

const NOTHING_MORE_KNOWN = {
  keyId: 'k1',
  caseId: 'SEC-7',
  reportedBy: null,
  suspectedSince: null,
  source: null,
  usedElsewhere: 'unknown',
  stranger: 'unknown',
};

describe('DeleteKey', () => {
  test('a key that no run holds is gone at once', () => {
    expect(given(...two).when(remove('k2'))).toEqual({
      emitted: [
        {
          type: 'KeyHardDeleted',
          data: { keyId: 'k2', cause: 'deleted', reason: null, caseId: null, interruptedRuns: [] },
        },
      ],
    });
  });

  test('a key that runs hold is retired, and goes with the last of them', () => {
    const past = [...two, start('r1', { choice: exactly('k2') }), start('r2', { choice: exactly('k2') })];
    expect(given(...past).when(remove('k2'))).toEqual({
      emitted: [{ type: 'KeyRetired', data: { keyId: 'k2', openRuns: 2 } }],
    });
    expect(given(...past, remove('k2')).when(finish('r1'))).toMatchObject({
      emitted: [{ type: 'RunKeyReleased', data: { runId: 'r1' } }],
    });
    expect(given(...past, remove('k2'), finish('r1')).when(finish('r2'))).toMatchObject({
      emitted: [
        { type: 'RunKeyReleased', data: { runId: 'r2', keyId: 'k2' } },
        { type: 'KeyHardDeleted', data: { keyId: 'k2', cause: 'drained', interruptedRuns: [] } },
      ],
    });
  });

  test('a Default with others on file needs a successor, and the refusal names the candidates', () => {
    expect(given(...two, setDefault('k2', 'p1')).when(remove('k1'))).toMatchObject({
      refused: 'successor-needed',
      facts: { scopes: [{ kind: 'workspace' }], candidates: [{ keyId: 'k2' }] },
      message: expect.stringContaining('…xxk2 (k2)'),
    });
    expect(given(...two, setDefault('k2', 'p1')).when(remove('k2'))).toMatchObject({
      refused: 'successor-needed',
      facts: { scopes: [{ kind: 'project', projectId: 'p1' }] },
    });
  });

  test('the successor takes every scope that the key was Default of, before it goes', () => {
    expect(
      given(...two, setDefault('k1', 'p2'), setDefault('k1', 'p1'), start('r1')).when(
        remove('k1', { successor: 'k2' }),
      ),
    ).toMatchObject({
      emitted: [
        { type: 'DefaultChanged', data: { scope: { kind: 'workspace' }, keyId: 'k2', cause: 'successor' } },
        { type: 'DefaultChanged', data: { scope: { projectId: 'p1' }, keyId: 'k2', previousKeyId: 'k1' } },
        { type: 'DefaultChanged', data: { scope: { projectId: 'p2' }, keyId: 'k2' } },
        { type: 'KeyRetired' },
      ],
    });
  });

  test('the successor is another key', () => {
    expect(given(...two).when(remove('k1', { successor: 'k1' }))).toMatchObject({
      refused: 'successor-is-the-key',
    });
  });

  test('the successor is on file', () => {
    expect(given(...two).when(remove('k1', { successor: 'k9' }))).toMatchObject({
      refused: 'successor-not-on-file',
      facts: { successor: null, keyId: 'k9' },
    });
    expect(
      given(...two, add('k3'), start('r', { choice: exactly('k2') }), remove('k2')).when(
        remove('k1', { successor: 'k2' }),
      ),
    ).toMatchObject({ refused: 'successor-not-on-file', facts: { successor: { status: 'retired' } } });
  });

  test('a successor that is wrong is told first, be the key the last one or not', () => {
    const last = given(add('k1'), accept('k1'));
    expect(last.when(remove('k1', { successor: 'k1' }))).toMatchObject({ refused: 'successor-is-the-key' });
    expect(last.when(remove('k1', { successor: 'k9' }))).toMatchObject({ refused: 'successor-not-on-file' });
  });

  test('the successor is active while another key is', () => {
    expect(given(...two, add('k3')).when(remove('k1', { successor: 'k3' }))).toMatchObject({
      refused: 'successor-not-active',
      facts: { candidates: [{ keyId: 'k2' }] },
    });
  });

  test('the key that leaves does not count as the active one', () => {
    expect(given(add('k1'), accept('k1'), add('k2')).when(remove('k1', { successor: 'k2' }))).toMatchObject({
      emitted: [{ type: 'DefaultChanged', data: { keyId: 'k2' } }, { type: 'KeyHardDeleted' }],
    });
  });

  test('a successor is checked even where none is needed', () => {
    expect(given(...two).when(remove('k2', { successor: 'k9' }))).toMatchObject({
      refused: 'successor-not-on-file',
    });
  });

  test('the only key goes only with the word that the workspace may be left without one', () => {
    const one = given(add('k1'), accept('k1'), setDefault('k1', 'p1'));
    expect(one.when(remove('k1'))).toMatchObject({ refused: 'last-key' });
    expect(one.when(remove('k1', { leaveEmpty: true }))).toMatchObject({
      emitted: [
        {
          type: 'DefaultChanged',
          data: { scope: { kind: 'workspace' }, keyId: null, cause: 'last-key-removed' },
        },
        {
          type: 'DefaultChanged',
          data: { scope: { projectId: 'p1' }, keyId: null, cause: 'last-key-removed' },
        },
        { type: 'KeyHardDeleted', data: { keyId: 'k1' } },
      ],
    });
  });

  test('a retired key beside it does not make it one of several', () => {
    expect(
      given(...two, start('r', { choice: exactly('k2') }), remove('k2')).when(remove('k1')),
    ).toMatchObject({ refused: 'last-key' });
  });

  test('a key that is going already is not on file', () => {
    expect(
      given(...two, start('r', { choice: exactly('k2') }), remove('k2')).when(remove('k2')),
    ).toMatchObject({ refused: 'key-not-on-file', facts: { openRuns: 1 } });
    expect(given(...two, remove('k2')).when(remove('k2'))).toMatchObject({ refused: 'key-not-on-file' });
    expect(given(...two).when(remove('k9'))).toMatchObject({ refused: 'unknown-key' });
  });
});

describe('HardDeleteKey', () => {
  test('goes at once and lists the runs that it interrupts', () => {
    expect(
      given(...two, start('r2'), start('r1'), start('r3', { choice: exactly('k2') })).when(
        hardDelete('k1', { successor: 'k2' }),
      ),
    ).toMatchObject({
      emitted: [
        { type: 'DefaultChanged', data: { keyId: 'k2', cause: 'successor' } },
        {
          type: 'KeyHardDeleted',
          data: {
            keyId: 'k1',
            cause: 'emergency',
            reason: 'leak',
            caseId: 'SEC-7',
            interruptedRuns: ['r1', 'r2'],
          },
        },
      ],
    });
  });

  test('follows the same rules of succession', () => {
    expect(given(...two).when(hardDelete('k1'))).toMatchObject({ refused: 'successor-needed' });
    expect(given(...two, add('k3')).when(hardDelete('k1', { successor: 'k3' }))).toMatchObject({
      refused: 'successor-not-active',
    });
  });

  test('being the only key is no obstacle', () => {
    expect(given(add('k1')).when(hardDelete('k1'))).toMatchObject({
      emitted: [
        { type: 'DefaultChanged', data: { keyId: null, cause: 'last-key-removed' } },
        { type: 'KeyHardDeleted', data: { keyId: 'k1' } },
      ],
    });
  });

  test('a leaked Default beside a single key that failed can be deleted', () => {
    expect(
      given(add('k1'), accept('k1'), add('k2'), fail('k2', 'unfunded')).when(
        hardDelete('k1', { successor: 'k2' }),
      ),
    ).toHaveProperty('emitted');
  });

  test('hurries a key that waits for its last run', () => {
    expect(
      given(...two, start('r', { choice: exactly('k2') }), remove('k2')).when(hardDelete('k2')),
    ).toMatchObject({ emitted: [{ type: 'KeyHardDeleted', data: { interruptedRuns: ['r'] } }] });
  });

  test('its interrupted runs can still be finished, without another deletion', () => {
    expect(given(...two, start('r'), hardDelete('k1', { successor: 'k2' })).when(finish('r'))).toMatchObject({
      emitted: [{ type: 'RunKeyReleased', data: { runId: 'r', keyId: 'k1' } }],
    });
  });

  test('F-D1: of a key that is gone its leak is recorded, once, and its secret stays off', () => {
    const rotated = given(add('k1', { secret: 's' }), remove('k1', { leaveEmpty: true }));
    expect(rotated.when(hardDelete('k1', { reason: 'other' }))).toEqual({ emitted: [] });
    expect(rotated.when(hardDelete('k1'))).toEqual({
      emitted: [{ type: 'KeyReportedLeaked', data: NOTHING_MORE_KNOWN }],
    });
    const reported = given(add('k1', { secret: 's' }), remove('k1', { leaveEmpty: true }), hardDelete('k1'));
    expect(reported.when(hardDelete('k1'))).toEqual({ emitted: [] });
    expect(reported.when(add('k2', { secret: 's' }))).toMatchObject({ refused: 'fingerprint-leaked' });
    expect(reported.when(hardDelete('k9'))).toMatchObject({ refused: 'unknown-key' });
  });
});

describe('ReportLeak', () => {
  test('is taken for a key in any state, once', () => {
    expect(given(add('k1')).when(reportLeak('k1'))).toEqual({
      emitted: [{ type: 'KeyReportedLeaked', data: NOTHING_MORE_KNOWN }],
    });
    expect(given(add('k1'), hardDelete('k1', { reason: 'other' })).when(reportLeak('k1'))).toHaveProperty(
      'emitted.length',
      1,
    );
    expect(given(add('k1'), reportLeak('k1')).when(reportLeak('k1'))).toEqual({ emitted: [] });
    expect(given(add('k1')).when(reportLeak('k9'))).toMatchObject({ refused: 'unknown-key' });
    expect(given().when(reportLeak('k1'))).toMatchObject({ refused: 'unknown-workspace' });
  });
});

describe('ConfirmDestruction', () => {
  test('is recorded once, for a hard-deleted key', () => {
    expect(given(add('k1'), hardDelete('k1')).when(confirm('k1'))).toMatchObject({
      emitted: [{ type: 'KeySecretDestroyed', data: { keyId: 'k1', receipt: { secretsDestroyed: 1 } } }],
    });
    expect(given(add('k1'), hardDelete('k1'), confirm('k1')).when(confirm('k1'))).toEqual({ emitted: [] });
    expect(given(add('k1')).when(confirm('k1'))).toMatchObject({ refused: 'key-not-hard-deleted' });
    expect(given().when(confirm('k1'))).toMatchObject({ refused: 'unknown-key' });
  });

  test('SC-3: of a key that never leaked nothing is kept among leaks', () => {
    const leaksAfter = (...bodies: ReadonlyArray<CommandBody>) => [...given(...bodies).keyring.leaks.keys()];
    expect(leaksAfter(add('k1'), hardDelete('k1', { reason: 'other' }))).toEqual(['k1']);
    expect(leaksAfter(add('k1'), hardDelete('k1', { reason: 'other' }), confirm('k1'))).toEqual([]);
    expect(leaksAfter(add('k1'), reportLeak('k1'), hardDelete('k1'), confirm('k1'))).toEqual(['k1']);
  });
});
