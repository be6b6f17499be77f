import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import type { CommandBody } from '../commands';
import { defaultDecider } from '../decider';
import type { EnvelopedEvent } from '../envelope';
import type { CaseId } from '../ids';
import {
  accept,
  add,
  command,
  confirm,
  finish,
  hardDelete,
  reportLeak,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { closeCase, killCheck, review, revoke, suspend } from '../testSupport/leakCommands';
import { leakCase, type LeakCase } from './leakCase';
import { concernsLeaks } from './leakMarks';

/** Commands by the minute of the story at which they come. */
const historyOf = (story: ReadonlyArray<readonly [minute: number, body: CommandBody]>) => {
  let keyring = defaultDecider.initialState;
  const events: EnvelopedEvent[] = [];
  story.forEach(([minute, body], place) => {
    const time = T0 + minute * 60_000;
    const decided = defaultDecider.decide(keyring, command(body, place, { time, issuedAt: time }));
    if (E.isLeft(decided)) throw new Error(`step ${place} was refused: ${decided.left.message}`);
    keyring = defaultDecider.replay(keyring, decided.right.events);
    events.push(...decided.right.events);
  });
  return { keyring, events };
};

const read = (...story: ReadonlyArray<readonly [minute: number, body: CommandBody]>): LeakCase => {
  const { keyring, events } = historyOf(story);
  const whole = leakCase(keyring, events, 'SEC-7' as CaseId);
  expect(leakCase(keyring, events.filter(concernsLeaks), 'SEC-7' as CaseId)).toEqual(whole);
  return whole;
};

/** Minute and event of each step that is done. */
const done = ({ keys }: LeakCase) =>
  (keys[0]?.steps ?? []).flatMap(({ step, done: is, mark }) =>
    is ? [[step, mark === null ? null : (mark.at - T0) / 60_000, mark?.event ?? null]] : [],
  );

const two = [
  [0, add('k1')],
  [0, accept('k1')],
  [0, add('k2')],
  [0, accept('k2')],
] as const;
const check = (minute: number) =>
  [minute, killCheck('k1', 'dead', minute * 60, { control: 'passed' })] as const;

describe('a case, read of the log', () => {
  test('of a key that nobody reported has no keys', () => {
    expect(read(...two)).toEqual({ caseId: 'SEC-7', keys: [], closed: false });
  });

  test('tells of no revocation from before the vendor took the key again', () => {
    const alive = [20, killCheck('k1', 'alive', 20 * 60)] as const;
    const told = [...two, [10, reportLeak('k1')], [15, revoke('k1')], alive] as const;
    expect(read(...told).keys).toMatchObject([
      { next: 'stop-stranger', outcome: 'not-contained', minutesToRevoked: null },
    ]);
    const again = read(...told, [40, revoke('k1')]);
    expect(again.keys).toMatchObject([{ outcome: 'revoked-unconfirmed', minutesToRevoked: 30 }]);
  });

  test('says what is done, when, and what comes next', () => {
    const story = read(...two, [10, reportLeak('k1')], [11, suspend('k1')], [15, revoke('k1')]);
    expect(story.keys).toMatchObject([
      {
        workspaceId: 'acme',
        keyId: 'k1',
        suspended: true,
        next: 'successor',
        outcome: 'revoked-unconfirmed',
        minutesToRevoked: 5,
        minutesToDead: null,
      },
    ]);
    expect(done(story)).toEqual([
      ['find', 10, 'KeyReportedLeaked'],
      ['report', 10, 'KeyReportedLeaked'],
      ['stop-stranger', 15, 'KeyRevocationRecorded'],
      ['revoke', 15, 'KeyRevocationRecorded'],
    ]);
    expect(story.keys[0]?.steps.find(({ step }) => step === 'report')?.mark?.actor).toMatchObject({
      id: 'ada',
    });
  });

  test('goes to its end, with the minutes from the report to revoked and to dead', () => {
    const story = read(
      ...two,
      [10, reportLeak('k1')],
      [12, setDefault('k2')],
      [15, revoke('k1')],
      check(16),
      check(17),
      check(21),
      [22, hardDelete('k1')],
      [23, confirm('k1')],
      [30, review('k1')],
      [31, closeCase()],
    );
    expect(story).toMatchObject({
      closed: true,
      keys: [{ next: null, outcome: 'contained', minutesToRevoked: 5, minutesToDead: 11 }],
    });
    expect(done(story).slice(3)).toEqual([
      ['successor', 12, 'DefaultChanged'],
      ['revoke', 15, 'KeyRevocationRecorded'],
      ['kill-check', 21, 'KeyKillChecked'],
      ['hard-delete', 23, 'KeySecretDestroyed'],
      ['review', 30, 'LeakReviewed'],
      ['close', 31, 'LeakCaseClosed'],
    ]);
  });

  test('recognises what was done before anybody reported it', () => {
    const story = read(
      ...two,
      [1, setDefault('k2')],
      [2, hardDelete('k1', { reason: 'other' })],
      [3, confirm('k1')],
      [60, reportLeak('k1', { stranger: 'no' })],
      [61, killCheck('k1', 'not-checkable', 3_660)],
    );
    expect(story.keys).toMatchObject([{ next: 'revoke', notCheckable: true, status: 'hard-deleted' }]);
    expect(done(story)).toEqual([
      ['find', 60, 'KeyReportedLeaked'],
      ['report', 60, 'KeyReportedLeaked'],
      ['stop-stranger', 60, 'KeyReportedLeaked'],
      ['successor', 1, 'DefaultChanged'],
      ['hard-delete', 3, 'KeySecretDestroyed'],
    ]);
  });

  test('takes a key that the vendor itself shows dead as revoked', () => {
    const story = read(...two, [5, start('r')], [10, reportLeak('k1')], check(16), check(17), check(21), [
      22,
      finish('r'),
    ]);
    expect(story.keys).toMatchObject([{ next: 'successor', outcome: 'contained', minutesToRevoked: 11 }]);
    expect(done(story)).toContainEqual(['revoke', 21, 'KeyKillChecked']);
  });

  test('is open again when the key lives after all', () => {
    const story = read(...two, [10, reportLeak('k1')], check(16), check(17), check(21), [
      40,
      killCheck('k1', 'alive', 2_400),
    ]);
    expect(story.keys).toMatchObject([
      { next: 'stop-stranger', outcome: 'not-contained', minutesToDead: null },
    ]);
    expect(story.closed).toBe(false);
  });
});
