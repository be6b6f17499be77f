import { describe, expect, test } from '@jest/globals';
import type { ExposureFacts, KeyUse } from '../facts';
import type { Rule, RuleAnswer } from '../rule';
import { afterDefaultMoved } from './afterDefaultMoved';
import { afterReport } from './afterReport';
import { burst } from './burst';
import { firstActor } from './firstActor';
import { firstOrigin } from './firstOrigin';
import { firstProject } from './firstProject';
import { keyringActs } from './keyringActs';
import { refusedAttempts } from './refusedAttempts';
import { sameSecretElsewhere } from './sameSecretElsewhere';
import { unexplainedAtVendor } from './unexplainedAtVendor';
import { unusualHour } from './unusualHour';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const SINCE = Date.UTC(2026, 9, 5, 9);
const UNTIL = SINCE + WEEK;

const use = (more: Partial<KeyUse> = {}): KeyUse => ({
  kind: 'pinned',
  sequence: 100,
  at: SINCE + HOUR,
  actor: 'service:compiler',
  originRef: 'host-1',
  projectId: 'docs',
  runId: 'run-1',
  cause: 'workspace-default',
  ...more,
});

const facts = (more: Partial<ExposureFacts> = {}): ExposureFacts => ({
  window: { since: SINCE, until: UNTIL },
  addedAt: SINCE - 9 * WEEK,
  reportedAt: null,
  reportedBy: null,
  uses: [],
  usesByHour: new Map(),
  holds: [],
  requestsOfRuns: new Map(),
  defaultMoves: [],
  actsOfNewActors: [],
  historySince: SINCE - 28 * DAY,
  known: { actors: new Set(['service:compiler']), origins: new Set(['host-1']), projects: new Set(['docs']) },
  originsRecorded: true,
  refusals: [],
  refusalsCounted: [],
  sameSecret: null,
  buckets: null,
  ...more,
});

const found = ({ state, evidence }: RuleAnswer): number => {
  expect(state).toBe(evidence.length > 0 ? 'found' : 'clear');
  return evidence.length;
};

describe.each<readonly [name: string, rule: Rule, theirs: Partial<KeyUse>, what: string]>([
  ['first-actor', firstActor, { actor: 'user:mallory' }, 'user:mallory'],
  ['first-origin', firstOrigin, { originRef: 'host-9' }, 'host-9'],
  ['first-project', firstProject, { projectId: 'theirs' }, 'theirs'],
])('%s', (name, rule, theirs, what) => {
  test('fires once for a name that is new, with the entry that says so', () => {
    const uses = [
      use(),
      use({ ...theirs, sequence: 101 }),
      use({ ...theirs, sequence: 102, kind: 'resumed' }),
    ];
    expect(rule(facts({ uses }))).toEqual({
      rule: name,
      state: 'found',
      because: null,
      evidence: [{ at: SINCE + HOUR, sequence: 101, what }],
    });
  });

  test('does not fire for a known name, nor for a test call', () => {
    expect(found(rule(facts({ uses: [use(), use({ ...theirs, kind: 'test-call' })] })))).toBe(0);
  });

  test('judges nothing by a history that is a moment too short', () => {
    const answer = rule(facts({ uses: [use(theirs)], historySince: SINCE - 28 * DAY + 1 }));
    expect(answer).toMatchObject({ state: 'not-judged', evidence: [] });
    expect(answer.because).toContain('28 days');
  });
});

test('first-origin judges nothing where no origins are recorded', () => {
  expect(firstOrigin(facts({ uses: [use({ originRef: 'host-9' })], originsRecorded: false }))).toMatchObject({
    state: 'not-judged',
  });
});

describe('after-default-moved', () => {
  const move = (
    sequence: number,
    to: 'this-key' | 'another-key' | 'none',
    projectId: string | null = null,
  ) => ({
    sequence,
    at: SINCE - DAY,
    actor: 'user:ada',
    projectId,
    to,
  });
  test('fires for a pin after it was Default nowhere', () => {
    const defaultMoves = [move(1, 'this-key'), move(2, 'another-key')];
    expect(found(afterDefaultMoved(facts({ defaultMoves, uses: [use()] })))).toBe(1);
  });
  test.each([
    ['it never was Default', []],
    [
      'it is Default of a project',
      [move(1, 'this-key'), move(2, 'this-key', 'docs'), move(3, 'another-key')],
    ],
    ['it is Default again', [move(1, 'this-key'), move(2, 'none'), move(3, 'this-key')]],
    ['the Default moves after the pin', [move(1, 'this-key'), move(101, 'another-key')]],
  ])('does not fire where %s', (_, defaultMoves) => {
    expect(found(afterDefaultMoved(facts({ defaultMoves, uses: [use()] })))).toBe(0);
  });
  test('does not fire for a resume', () => {
    const defaultMoves = [move(1, 'this-key'), move(2, 'another-key')];
    expect(found(afterDefaultMoved(facts({ defaultMoves, uses: [use({ kind: 'resumed' })] })))).toBe(0);
  });
});

describe('after-report', () => {
  const uses = [use(), use({ kind: 'test-call', cause: 'kill-check', at: SINCE + 3 * HOUR })];
  test('fires for a use behind the report, and for nothing at that moment or before', () => {
    expect(found(afterReport(facts({ uses, reportedAt: SINCE + HOUR - 1 })))).toBe(1);
    expect(found(afterReport(facts({ uses, reportedAt: SINCE + HOUR })))).toBe(0);
  });
  test('goes by the order of the log where a clock was wrong', () => {
    const slow = use({ at: SINCE, sequence: 102 });
    const fast = use({ at: SINCE + 9 * HOUR, sequence: 98 });
    const reported = { reportedAt: SINCE + HOUR, reportedBy: 101 };
    const { evidence } = afterReport(facts({ ...reported, uses: [fast, slow] }));
    expect(evidence.map(({ sequence }) => sequence)).toEqual([102]);
  });
  test('judges nothing without a report', () => {
    expect(afterReport(facts({ uses })).state).toBe('not-judged');
  });
});

test('keyring-acts fires for what a new actor did, and not on a short history', () => {
  const actsOfNewActors = [
    { sequence: 7, at: SINCE, actor: 'user:mallory', action: 'KeyAdded', refusedAs: null },
    { sequence: null, at: SINCE, actor: 'user:mallory', action: 'DeleteKey', refusedAs: 'last-key' },
  ];
  expect(keyringActs(facts({ actsOfNewActors })).evidence.map(({ what }) => what)).toEqual([
    'KeyAdded by user:mallory',
    'DeleteKey by user:mallory, refused: last-key',
  ]);
  expect(found(keyringActs(facts()))).toBe(0);
  expect(keyringActs(facts({ actsOfNewActors, historySince: SINCE })).state).toBe('not-judged');
});

describe('burst', () => {
  const hours = (now: number, ...before: ReadonlyArray<number>): ReadonlyMap<number, number> =>
    new Map([[SINCE, now], ...before.map((count, n) => [SINCE - (n + 1) * WEEK, count] as const)]);
  test('fires beyond so many times the median, and shows both numbers', () => {
    const answer = burst(facts({ usesByHour: hours(51, 10, 10, 10, 0) }));
    expect(answer.evidence).toEqual([
      { at: SINCE, sequence: null, what: '51 uses in the hour; the median is 10, N 5, floor 20' },
    ]);
    expect(found(burst(facts({ usesByHour: hours(50, 10, 10, 10, 0) })))).toBe(0);
  });
  test('judges the hour that the window begins in', () => {
    const late = { since: SINCE + HOUR - 1, until: UNTIL };
    expect(found(burst(facts({ window: late, usesByHour: hours(51, 10, 10, 10, 0) })))).toBe(1);
    const behind = { since: SINCE + HOUR, until: UNTIL };
    expect(found(burst(facts({ window: behind, usesByHour: hours(51, 10, 10, 10, 0) })))).toBe(0);
  });
  test('needs the floor', () => {
    expect(found(burst(facts({ usesByHour: hours(20) })))).toBe(1);
    expect(found(burst(facts({ usesByHour: hours(19) })))).toBe(0);
  });
  test('judges nothing of a key that is younger than four weeks', () => {
    expect(burst(facts({ usesByHour: hours(99), addedAt: SINCE - 4 * WEEK + 1 })).state).toBe('not-judged');
  });
});

describe('unusual-hour', () => {
  test('fires for an hour of the week without use in eight weeks, and not for one that had it', () => {
    const usesByHour = new Map([[SINCE + 3 * HOUR, 1]]);
    expect(found(unusualHour(facts({ usesByHour })))).toBe(1);
    const usual = new Map([...usesByHour, [SINCE + 3 * HOUR - 8 * WEEK, 1] as const]);
    expect(found(unusualHour(facts({ usesByHour: usual })))).toBe(0);
    const longAgo = new Map([...usesByHour, [SINCE + 3 * HOUR - 9 * WEEK, 1] as const]);
    expect(found(unusualHour(facts({ usesByHour: longAgo })))).toBe(1);
  });
  test('judges the hour that the window begins in, by the same hour of all eight weeks', () => {
    const window = { since: SINCE + 5 * 60_000, until: UNTIL };
    const usesByHour = new Map([[SINCE, 1]]);
    expect(found(unusualHour(facts({ window, usesByHour })))).toBe(1);
    const usual = new Map([...usesByHour, [SINCE - 8 * WEEK, 1] as const]);
    expect(found(unusualHour(facts({ window, usesByHour: usual })))).toBe(0);
    const past = { since: SINCE + HOUR, until: UNTIL };
    expect(found(unusualHour(facts({ window: past, usesByHour })))).toBe(0);
  });
  test('judges nothing of a key that is younger than eight weeks', () => {
    expect(unusualHour(facts({ addedAt: SINCE - 8 * WEEK + 1 })).state).toBe('not-judged');
  });
});

test('same-secret-elsewhere fires for each, and judges nothing where nobody looked', () => {
  const sameSecret = [{ workspaceId: 'globex', keyId: 'key-2', status: 'active' }];
  expect(found(sameSecretElsewhere(facts({ sameSecret })))).toBe(1);
  expect(found(sameSecretElsewhere(facts({ sameSecret: [] })))).toBe(0);
  expect(sameSecretElsewhere(facts()).state).toBe('not-judged');
});

test('refused-attempts fires for refusals that named the key, and tells what is counted beside them', () => {
  const line = {
    sequence: 3,
    at: SINCE,
    workspaceId: 'acme',
    actorKind: 'user',
    actorId: 'mallory',
    originRef: null,
    action: 'StartRun',
    keyId: 'key-1',
    runId: null,
    code: 'not-permitted',
  } as const;
  const counted = {
    hour: SINCE,
    workspaceId: 'acme',
    actorKind: 'user',
    actorId: 'mallory',
    count: 7,
  } as const;
  const answer = refusedAttempts(facts({ refusals: [line], refusalsCounted: [counted] }));
  expect(answer.evidence.map(({ what }) => what)).toEqual([
    'StartRun by user:mallory, refused: not-permitted',
    '7 more in the workspace, counted alone',
  ]);
  expect(found(refusedAttempts(facts({ refusalsCounted: [counted] })))).toBe(0);
});

describe('unexplained-at-vendor', () => {
  const MINUTE = 60_000;
  const bucket = (start: number, requests: number | null = 3, tokens: number | null = null) => ({
    start,
    end: start + HOUR,
    requests,
    tokens,
  });
  const hold = (from: number, to: number) => ({
    runId: 'run-1',
    from,
    to,
    isEnded: true,
    outcome: 'succeeded',
    interrupted: false,
  });
  const at = SINCE + 10 * HOUR;

  test('fires for use in a bucket in which no run held the key', () => {
    const answer = unexplainedAtVendor(facts({ buckets: [bucket(at)] }));
    expect(answer.evidence).toEqual([
      { at, sequence: null, what: '3 requests, in 60 minutes, and no run of ours' },
    ]);
    expect(found(unexplainedAtVendor(facts({ buckets: [bucket(at, null, 9)] })))).toBe(1);
  });
  test.each([
    ['nothing was counted', {}, bucket(at, 0, 0)],
    ['a run held the key', { holds: [hold(at + MINUTE, at + 2 * MINUTE)] }, bucket(at)],
    ['a run held it all the time', { holds: [hold(at - DAY, at + DAY)] }, bucket(at)],
    ['a run ended within the allowance', { holds: [hold(at - HOUR, at - 5 * MINUTE)] }, bucket(at)],
    ['a run began within the allowance', { holds: [hold(at + HOUR + 4 * MINUTE, at + DAY)] }, bucket(at)],
    ['a test call was made', { uses: [use({ kind: 'test-call', at })] }, bucket(at)],
    ['it lies outside the window', {}, bucket(UNTIL)],
  ])('does not fire where %s', (_, more, only) => {
    expect(found(unexplainedAtVendor(facts({ ...more, buckets: [only] })))).toBe(0);
  });
  test.each([
    ['ended a moment before the allowance', hold(at - HOUR, at - 5 * MINUTE - 1)],
    ['began a moment behind it', hold(at + HOUR + 5 * MINUTE, at + DAY)],
  ])('fires where a run %s', (_, only) => {
    expect(found(unexplainedAtVendor(facts({ holds: [only], buckets: [bucket(at)] })))).toBe(1);
  });
  test('a long run that began earlier than others covers what comes behind those', () => {
    const holds = [hold(at - DAY, at + DAY), hold(at - 2 * HOUR, at - HOUR)];
    expect(found(unexplainedAtVendor(facts({ holds, buckets: [bucket(at)] })))).toBe(0);
  });
  test('judges nothing where the vendor was not asked', () => {
    expect(unexplainedAtVendor(facts()).state).toBe('not-judged');
  });
});
