import { describe, expect, test } from '@jest/globals';
import type { CaseId } from '../../ids';
import { accept, add, command, hardDelete, remove, reportLeak, start } from '../../testSupport/commands';
import { given } from '../../testSupport/given';
import { review, revoke, withdraw } from '../../testSupport/leakCommands';

const two = [add('k1', { secret: 's' }), accept('k1'), add('k2'), accept('k2')] as const;
const again = add('k3', { secret: 's', of: 'openai' });
const inCase = (caseId: string) => ({ caseId: caseId as CaseId });

describe('ReportLeak', () => {
  test('says who noticed what, and since when', () => {
    const said = { reportedBy: 'Grace', suspectedSince: 5, source: 'a repository', stranger: 'yes' } as const;
    expect(given(...two).when(reportLeak('k1', said))).toEqual({
      emitted: [
        {
          type: 'KeyReportedLeaked',
          data: { keyId: 'k1', caseId: 'SEC-7', usedElsewhere: 'unknown', ...said },
        },
      ],
    });
  });

  test('that says the same again records nothing, and one that says more does', () => {
    const story = given(...two, reportLeak('k1'));
    expect(story.when(reportLeak('k1'))).toEqual({ emitted: [] });
    expect(story.when(reportLeak('k1', { suspectedSince: 7 }))).toHaveProperty('emitted.length', 1);
    expect(story.when(reportLeak('k1', inCase('SEC-8')))).toHaveProperty('emitted.length', 1);
  });

  test('bans the secret for as long as it stands, of deleted keys too', () => {
    for (const past of [
      [reportLeak('k1')],
      [start('r'), remove('k1', { successor: 'k2' }), reportLeak('k1')],
      [hardDelete('k1', { successor: 'k2', reason: 'other' }), reportLeak('k1')],
    ] as const) {
      expect(given(...two, ...past).when(again)).toMatchObject({ refused: 'fingerprint-leaked' });
    }
  });

  test('is taken under ten cases at most', () => {
    const ten = Array.from({ length: 10 }, (_, n) => reportLeak('k1', inCase(`SEC-${n}`)));
    const story = given(...two, ...ten);
    expect(story.when(reportLeak('k1', inCase('SEC-10')))).toMatchObject({
      refused: 'too-many-leak-cases',
      facts: { limit: 10 },
    });
    expect(story.when(reportLeak('k1', { ...inCase('SEC-9'), stranger: 'no' }))).toHaveProperty(
      'emitted.length',
      1,
    );
  });

  test.each([
    ['source', 'x'.repeat(501)],
    ['source', ''],
    ['source', ' '],
    ['reportedBy', 'two\nlines'],
    ['reportedBy', '\u001b[31mred'],
    ['suspectedSince', 1.5],
    ['stranger', 'maybe'],
  ])('with a malformed %s is refused by name', (field, value) => {
    expect(given(...two).when(reportLeak('k1', { [field]: value }))).toMatchObject({
      refused: 'invalid-input',
      facts: { field },
    });
  });

  test('and all else that people write of it holds no secret', () => {
    const pasted = `see Xy${'7aB3'.repeat(8)}`;
    for (const body of [
      reportLeak('k1', { source: pasted }),
      reportLeak('k1', { reportedBy: pasted }),
      Object.assign(withdraw('k1'), { reason: pasted }),
      Object.assign(revoke('k1'), { revokedBy: pasted }),
      review('k1', pasted),
    ]) {
      const outcome = given(...two, reportLeak('k1')).when(body);
      expect(outcome).toMatchObject({ refused: 'text-contains-secret' });
      expect(JSON.stringify(outcome)).not.toContain(pasted.slice(4, 12));
    }
  });
});

describe('WithdrawLeakReport', () => {
  test('lifts the ban of a secret that is still held', () => {
    const story = given(...two, reportLeak('k1'), withdraw('k1'));
    expect(story.when(again)).toHaveProperty('emitted.0.type', 'KeyAdded');
    expect(story.keyring.leakedFingerprints.size).toBe(0);
    expect(story.when(withdraw('k1'))).toEqual({ emitted: [] });
    const retired = given(...two, start('r'), remove('k1', { successor: 'k2' }), reportLeak('k1'));
    expect(retired.when(withdraw('k1'))).toHaveProperty('emitted.length', 1);
  });

  test('lifts nothing while the same secret is reported otherwise', () => {
    const same = [...two, add('k3', { secret: 's', of: 'openai' })];
    const both = given(...same, reportLeak('k1'), reportLeak('k3'), withdraw('k1'));
    expect(both.when(add('k4', { secret: 's', of: 'xai' }))).toMatchObject({ refused: 'fingerprint-leaked' });
    const otherCase = given(...two, reportLeak('k1'), reportLeak('k1', inCase('SEC-8')), withdraw('k1'));
    expect(otherCase.when(again)).toMatchObject({ refused: 'fingerprint-leaked' });
  });

  test('is refused for a key that is gone, and where there is no report', () => {
    const gone = given(...two, reportLeak('k1'), hardDelete('k1', { successor: 'k2', reason: 'other' }));
    expect(gone.when(withdraw('k1'))).toMatchObject({ refused: 'leak-report-final' });
    expect(given(...two, hardDelete('k1', { successor: 'k2' })).when(withdraw('k1'))).toMatchObject({
      refused: 'leak-report-final',
    });
    expect(given(...two).when(withdraw('k1'))).toMatchObject({ refused: 'leak-not-reported' });
    expect(given(...two, reportLeak('k1')).when(withdraw('k1', 'SEC-9'))).toMatchObject({
      refused: 'leak-not-reported',
    });
  });

  test('lifts a ban that only the vault remembered, of a key that is on file', () => {
    const restored = given(
      ...two,
      command(
        {
          type: 'AcceptLog',
          known: 9,
          left: 4,
          lostKeys: [],
          removals: [
            { keyId: 'k1' as never, fingerprint: 'fingerprint-of-s', hardDeleted: false, leaked: true },
          ],
          successor: null,
        },
        4,
      ),
    );
    expect(restored.when(again)).toMatchObject({ refused: 'fingerprint-leaked' });
    const lifted = restored.when(withdraw('k1'));
    expect(lifted).toHaveProperty('emitted.length', 1);
  });
});
