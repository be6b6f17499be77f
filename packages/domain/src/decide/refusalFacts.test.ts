import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../commands';
import type { WorkspaceId } from '../ids';
import type { RunChoice } from '../run';
import {
  abandon,
  accept,
  add,
  command,
  exactly,
  expire,
  fail,
  finish,
  hardDelete,
  key,
  ofVendor,
  remove,
  resume,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given, givenUnder } from '../testSupport/given';

// Refusals are a person's next step: what they name is as much a promise as that they come.

const HOUR = 3_600;
const two = [add('a1'), accept('a1'), add('o1', { of: 'openai' }), accept('o1')] as const;

const refusalOf = (
  past: ReadonlyArray<CommandBody>,
  body: CommandBody,
  overrides?: Parameters<typeof command>[2],
): unknown => {
  const outcome = given(...past).when(body, overrides);
  return 'refused' in outcome ? { refused: outcome.refused, facts: outcome.facts } : outcome;
};

describe('a retried start fits its pin by what was asked for', () => {
  const asked: ReadonlyArray<readonly [string, RunChoice]> = [
    ['the Default', { kind: 'default' }],
    ['vendor anthropic', ofVendor('anthropic')],
    ['vendor openai', ofVendor('openai')],
    ['key a1', exactly('a1')],
    ['key o1', exactly('o1')],
  ];
  const pairs = asked.flatMap(([first, choice]) =>
    asked.map(([second, again]) => [first, second, choice, again] as const),
  );

  test.each(pairs)('%s, then %s', (first, second, choice, again) => {
    const outcome = given(...two, start('r', { choice })).when(start('r', { choice: again }));
    expect(outcome).toMatchObject(
      first === second
        ? { emitted: [] }
        : { refused: 'run-already-pinned', facts: { runId: 'r', requested: choice, projectId: null } },
    );
  });
});

describe('what a refusal names', () => {
  test('of a run: the run, its end, the limits', () => {
    const ended = [...two, start('r'), finish('r')];
    const endedAt = T0 + 5_000;
    expect(refusalOf(ended, start('r'))).toMatchObject({ facts: { runId: 'r', endedAt } });
    expect(refusalOf(ended, resume('r'))).toMatchObject({ facts: { runId: 'r', endedAt } });
    expect(refusalOf(two, resume('r'))).toMatchObject({ refused: 'run-not-open', facts: { runId: 'r' } });
    expect(refusalOf(two, start('r', { lease: 0 }))).toMatchObject({ facts: { maxSeconds: 7 * 24 * HOUR } });
    expect(givenUnder({ maxOpenRuns: 1 })(...two, start('r1')).when(start('r2'))).toMatchObject({
      facts: { limit: 1 },
    });
    const exhausted = givenUnder({ maxTotalLeaseSeconds: HOUR })(...two, start('r', { lease: HOUR }));
    expect(exhausted.when(resume('r'), { time: T0 + 2 * HOUR * 1_000 })).toMatchObject({
      refused: 'lease-exhausted',
      facts: { runId: 'r', startedAt: T0 + 4_000, maxTotalSeconds: HOUR },
    });
    expect(refusalOf(two, expire(1_000, 60))).toMatchObject({
      facts: { now: T0 + 1_000_000, storeTime: T0 + 60_000, toleranceMs: 300_000 },
    });
  });

  test('of a vendor without an active key: its keys in whatever state, and whose could be taken instead', () => {
    const past = [
      ...two,
      add('m1', { of: 'mistral' }),
      fail('m1', 'unfunded', 9),
      add('m2', { of: 'mistral', secret: 'm2' }),
    ];
    expect(refusalOf(past, start('r', { choice: ofVendor('mistral') }))).toMatchObject({
      refused: 'vendor-has-no-active-key',
      facts: {
        vendor: 'mistral',
        keys: [{ keyId: 'm1' }, { keyId: 'm2' }],
        candidates: [{ keyId: 'a1' }, { keyId: 'o1' }],
      },
    });
  });

  test('of a leaked secret: the keys that had it, and no other', () => {
    const past = [...two, hardDelete('a1', { successor: 'o1' })];
    const outcome = given(...past).when(add('a9', { secret: 'a1' }));
    expect(outcome).toMatchObject({ refused: 'fingerprint-leaked', facts: { knownAs: [{ keyId: 'a1' }] } });
    expect(outcome).toHaveProperty('facts.knownAs.length', 1);
  });

  test('of a key id: that id', () => {
    expect(refusalOf(two, add('a1', { secret: 'another' }))).toMatchObject({
      refused: 'key-id-used',
      facts: { keyId: 'a1' },
    });
    expect(refusalOf(two, abandon('a1'))).toMatchObject({ refused: 'key-id-used', facts: { keyId: 'a1' } });
  });

  test('of a missing successor: keys that are not active where none is', () => {
    expect(refusalOf([add('a1'), accept('a1'), add('a2')], hardDelete('a1'))).toMatchObject({
      refused: 'successor-needed',
      facts: { key: { keyId: 'a1' }, candidates: [{ keyId: 'a2' }] },
    });
  });

  test('of too many project Defaults: the limit', () => {
    const story = givenUnder({ maxProjectDefaults: 1 })(...two, setDefault('o1', 'p'));
    expect(story.when(setDefault('o1', 'q'))).toMatchObject({
      refused: 'too-many-project-defaults',
      facts: { limit: 1 },
    });
    expect(story.when(setDefault('a1', 'p'))).toMatchObject({ emitted: [{ data: { keyId: 'a1' } }] });
    expect(story.when(setDefault('o1'))).toMatchObject({ emitted: [{ data: { keyId: 'o1' } }] });
  });

  test('of a command id: that id, and of a keyring: whose it is', () => {
    expect(
      given(...two).when(setDefault('o1'), { commandId: command(add('a1'), 0).commandId }),
    ).toMatchObject({ refused: 'command-id-reused', facts: { commandId: 'c0' } });
    expect(given(...two).when(setDefault('o1'), { workspaceId: 'globex' as WorkspaceId })).toMatchObject({
      refused: 'wrong-workspace',
      facts: { workspaceId: 'globex', keyringOf: 'acme' },
    });
  });
});

describe('at the edge', () => {
  test('the longest lease is granted, and an expiry whose clock departs as far as it may', () => {
    expect(given(...two).when(start('r', { lease: 7 * 24 * HOUR }))).toHaveProperty('emitted.length', 1);
    const held = given(...two, start('r', { lease: 1 }));
    expect(held.when(expire(400, 100))).toHaveProperty('emitted.length', 1);
    expect(held.when(expire(100, 400))).toHaveProperty('emitted.length', 1);
    expect(held.when(expire(401, 100))).toMatchObject({ refused: 'clock-departs' });
  });

  test('a lease has lapsed at the moment that it names, and not a second before', () => {
    const held = given(...two, start('r', { lease: 10 }));
    expect(held.when(expire(13))).toEqual({ emitted: [] });
    expect(held.when(expire(14))).toHaveProperty('emitted.length', 1);
  });

  test('of leases that lapsed together the run that comes first by its id goes first', () => {
    for (const [first, second] of [
      ['r1', 'r2'],
      ['r2', 'r1'],
    ] as const) {
      const story = given(...two, start(first, { lease: 20 }), start(second, { lease: 19 }));
      expect(story.when(expire(60))).toMatchObject({
        emitted: [{ data: { runId: 'r1' } }, { data: { runId: 'r2' } }],
      });
    }
  });

  test('the runs that a hard delete interrupts are listed in the order of their ids', () => {
    const story = given(...two, start('r3'), start('r1'), start('r2'));
    expect(story.when(hardDelete('a1', { successor: 'o1' }))).toMatchObject({
      emitted: [{}, { data: { interruptedRuns: ['r1', 'r2', 'r3'] } }],
    });
  });

  test('an expected revision that is the keyring’s own is no obstacle', () => {
    expect(given(...two).when(setDefault('o1'), { expectedRevision: 4 })).toHaveProperty('emitted.length', 1);
    expect(given(...two).when(setDefault('o1'), { expectedRevision: 3 })).toMatchObject({
      refused: 'revision-conflict',
      facts: { expected: 3, actual: 4 },
    });
  });

  test('a deletion that is not the only key’s needs no word that nothing may be left', () => {
    expect(given(...two).when(remove('o1'))).toHaveProperty('emitted.length', 1);
    expect(given(add('a1')).when(remove('a1'))).toMatchObject({
      refused: 'last-key',
      facts: { key: { keyId: key('a1') } },
    });
  });
});
