import { describe, expect, test } from '@jest/globals';
import type { CommandBody } from '../../commands';
import { openSteps } from '../../leak/leakSteps';
import {
  accept,
  add,
  confirm,
  fail,
  hardDelete,
  key,
  reportLeak,
  setDefault,
} from '../../testSupport/commands';
import { given, type Story } from '../../testSupport/given';
import { closeCase, killCheck, review, revoke, withdraw } from '../../testSupport/leakCommands';

const two = [add('k1'), accept('k1'), add('k2'), accept('k2')] as const;
const DAY = 24 * 3_600;

const open = ({ keyring }: Story, id = 'k1'): ReadonlyArray<string> => {
  const entry = keyring.keys.get(key(id));
  if (entry === undefined) throw new Error(`there is no ${id}`);
  return openSteps(keyring, entry, 'SEC-7' as never);
};

/** Three answers in a row, over five minutes. */
const dead = [0, 60, 300].map((at) => killCheck('k1', 'dead', at + 400, { control: 'passed' }));

describe('the steps of a case', () => {
  test('are open in their order, and stopping a stranger comes first', () => {
    expect(open(given(...two))).toHaveLength(8);
    expect(open(given(...two, reportLeak('k1')))).toEqual([
      'stop-stranger',
      'successor',
      'revoke',
      'kill-check',
      'hard-delete',
      'review',
      'close',
    ]);
    expect(open(given(...two, reportLeak('k1', { stranger: 'no' })))[0]).toBe('successor');
    expect(open(given(...two, reportLeak('k1'), revoke('k1')))[0]).toBe('successor');
  });

  test('that were done elsewhere are recognised: deleted last week, and reported now', () => {
    const story = given(
      ...two,
      setDefault('k2'),
      hardDelete('k1', { reason: 'other' }),
      confirm('k1'),
      reportLeak('k1'),
    );
    expect(open(story)).toEqual(['stop-stranger', 'revoke', 'kill-check', 'review', 'close']);
  });

  test('a successor works, did not leak, and is Default wherever the old key was', () => {
    const done = (...more: ReadonlyArray<CommandBody>) =>
      !open(given(...two, setDefault('k1', 'p'), setDefault('k2'), ...more)).includes('successor');
    expect(done(setDefault('k2', 'p'), reportLeak('k1'))).toBe(true);
    expect(done(reportLeak('k1'))).toBe(false);
    expect(done(setDefault('k2', 'p'), reportLeak('k1'), reportLeak('k2'))).toBe(false);
    expect(done(setDefault('k2', 'p'), reportLeak('k1'), fail('k2', 'unfunded', 9))).toBe(false);
    // It stays active until a second answer confirms the first.
    expect(done(setDefault('k2', 'p'), reportLeak('k1'), fail('k2', 'rejected', 9))).toBe(false);
  });

  test('a successor that was tested more than a day before the report has to be tested again', () => {
    const story = given(...two, setDefault('k2'));
    const at = (seconds: number) => ({ time: Date.UTC(2026, 10, 23, 7) + seconds * 1_000 });
    const reported = (seconds: number) => story.after(reportLeak('k1'), at(seconds));
    expect(open(reported(DAY))).not.toContain('successor');
    expect(open(reported(DAY + 1))).toContain('successor');
  });
});

describe('a key is dead', () => {
  const reported = [...two, setDefault('k2'), reportLeak('k1')];
  const isDead = (...checks: ReadonlyArray<CommandBody>) =>
    given(...reported)
      .afterLate(...checks)
      .keyring.leaks.get(key('k1'))?.checks.dead ?? false;

  test('by three answers in a row over five minutes, and not one step short of it', () => {
    const at = (...times: ReadonlyArray<number>) =>
      times.map((t) => killCheck('k1', 'dead', t, { control: 'passed' }));
    expect(isDead(...at(0, 60, 300))).toBe(true);
    expect(isDead(...at(0, 300))).toBe(false);
    expect(isDead(...at(0, 60, 299))).toBe(false);
    expect(isDead(...at(0, 60, 120, 300))).toBe(true);
    const [a, b, c] = at(0, 100, 300);
    if (a === undefined || b === undefined || c === undefined) throw new Error('unreachable');
    expect(isDead(a, killCheck('k1', 'cannot-tell', 50), b, c)).toBe(false);
    expect(isDead(a, b, c, killCheck('k1', 'cannot-tell', 400))).toBe(true);
    expect(isDead(a, b, c, killCheck('k1', 'alive-unfunded', 400))).toBe(false);
  });

  test('only where another key of the vendor passes, and where this one was once accepted', () => {
    const three = (options: object) => [0, 60, 300].map((t) => killCheck('k1', 'dead', t, options));
    expect(isDead(...three({ control: 'none' }))).toBe(false);
    expect(isDead(...three({ control: 'failed' }))).toBe(false);
    expect(isDead(...three({ control: 'passed', endpointOverride: 'https://proxy.test' }))).toBe(false);
    const never = given(add('k1'), add('k2'), accept('k2'), setDefault('k2'), reportLeak('k1'));
    expect(never.when(killCheck('k1', 'dead', 1, { control: 'passed' }))).toMatchObject({
      emitted: [{ data: { counts: false } }],
    });
    const otherVendor = given(add('k1'), accept('k1'), add('o1', { of: 'openai' }), accept('o1'));
    expect(otherVendor.when(killCheck('k1', 'dead', 1))).toMatchObject({
      emitted: [{ data: { counts: true } }],
    });
  });

  test('at once when the vendor’s own list no longer has it', () => {
    expect(isDead(killCheck('k1', 'dead', 1, { via: 'vendor-list' }))).toBe(true);
    expect(isDead(killCheck('k1', 'cannot-tell', 1, { via: 'vendor-list' }))).toBe(false);
    const elsewhere = { via: 'vendor-list', endpointOverride: 'https://proxy.test' } as const;
    expect(isDead(killCheck('k1', 'dead', 1, elsewhere))).toBe(false);
  });

  test('not by an answer that came before the last one', () => {
    const story = given(...reported).afterLate(killCheck('k1', 'alive', 50));
    expect(story.when(killCheck('k1', 'dead', 50))).toEqual({ emitted: [] });
  });

  test('not where nothing can be checked, which is told once', () => {
    const story = given(...reported, killCheck('k1', 'not-checkable', 0));
    expect(story.when(killCheck('k1', 'not-checkable', 9))).toEqual({ emitted: [] });
    expect(open(story)).toContain('kill-check');
  });
});

describe('CloseLeakCase', () => {
  const allDone = given(...two, setDefault('k2'), reportLeak('k1'), revoke('k1')).afterLate(
    ...dead,
    hardDelete('k1'),
    confirm('k1'),
    review('k1'),
  );

  test('is refused while a step is open, by name', () => {
    expect(given(...two, reportLeak('k1')).when(closeCase('revoke', 'review'))).toMatchObject({
      refused: 'leak-steps-open',
      facts: { keys: [{ keyId: 'k1', steps: ['stop-stranger', 'successor', 'kill-check', 'hard-delete'] }] },
    });
    expect(given(...two).when(closeCase())).toMatchObject({ refused: 'unknown-leak-case' });
  });

  test('says that it is contained by what the vendor shows, and by no person’s word', () => {
    expect(allDone.when(closeCase())).toEqual({
      emitted: [
        {
          type: 'LeakCaseClosed',
          data: { keyId: 'k1', caseId: 'SEC-7', outcome: 'contained', leftOpen: [] },
        },
      ],
    });
    const told = given(...two, setDefault('k2'), reportLeak('k1'), revoke('k1', 'told'));
    expect(told.when(closeCase('kill-check', 'hard-delete', 'review', 'successor'))).toMatchObject({
      emitted: [
        {
          data: {
            outcome: 'revoked-unconfirmed',
            leftOpen: [{ step: 'kill-check' }, { step: 'hard-delete' }, { step: 'review' }],
          },
        },
      ],
    });
    const lives = told.afterLate(killCheck('k1', 'alive', 900));
    const allLeft = ['stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review'] as const;
    expect(lives.when(closeCase(...allLeft))).toMatchObject({
      emitted: [{ data: { outcome: 'not-contained' } }],
    });
    const nothing = given(...two, reportLeak('k1'));
    expect(
      nothing.when(closeCase('stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review')),
    ).toMatchObject({ emitted: [{ data: { outcome: 'not-contained' } }] });
  });

  test('closes every key of the keyring, one that was withdrawn too, and once', () => {
    const story = given(...two, reportLeak('k1'), reportLeak('k2'), withdraw('k2'));
    const all = closeCase('stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review');
    expect(story.when(all)).toMatchObject({
      emitted: [{ data: { keyId: 'k1' } }, { data: { keyId: 'k2', outcome: 'withdrawn', leftOpen: [] } }],
    });
    expect(story.after(all).when(all)).toEqual({ emitted: [] });
  });

  test('is undone by a key that lives after all, or by more that is said of it', () => {
    const closed = allDone.after(closeCase());
    expect(open(closed)).toEqual([]);
    const alive = closed.afterLate(killCheck('k1', 'alive', 900));
    expect(open(alive)).toEqual(['stop-stranger', 'revoke', 'kill-check', 'review', 'close']);
    expect(open(closed.after(reportLeak('k1', { suspectedSince: 4 })))).toEqual(['close']);
  });

  test('of a report that was withdrawn is undone by a hard delete because of a leak', () => {
    const withdrawn = given(...two, setDefault('k2'), reportLeak('k1'), withdraw('k1'), closeCase());
    expect(open(withdrawn)).toEqual([]);
    expect(open(withdrawn.after(hardDelete('k1', { reason: 'other' })))).toEqual([]);
    expect(open(withdrawn.after(hardDelete('k1')))).toContain('close');
  });

  test('takes a step that is left open once, with one reason', () => {
    const story = given(...two, reportLeak('k1'));
    const all = ['stop-stranger', 'successor', 'revoke', 'kill-check', 'hard-delete', 'review'] as const;
    expect(story.when(closeCase(...all, 'review'))).toMatchObject({
      refused: 'invalid-input',
      facts: { field: 'leftOpen' },
    });
    expect(story.when(closeCase(...all))).toHaveProperty('emitted.length', 1);
  });

  test('leaves a case of two keys open for the one that has steps open', () => {
    const story = allDone.after(add('k3')).after(reportLeak('k3'));
    expect(story.when(closeCase())).toMatchObject({
      refused: 'leak-steps-open',
      facts: { keys: [{ keyId: 'k3' }] },
    });
  });
});

test('a key that lives was not revoked, whatever was said before; said again, it is', () => {
  const told = given(...two, setDefault('k2'), reportLeak('k1'), revoke('k1', 'told'));
  expect(open(told)[0]).toBe('kill-check');
  const lives = told.afterLate(killCheck('k1', 'alive', 900));
  expect(open(lives).slice(0, 3)).toEqual(['stop-stranger', 'revoke', 'kill-check']);
  expect(open(told.afterLate(killCheck('k1', 'cannot-tell', 900)))[0]).toBe('kill-check');
  expect(lives.when(revoke('k1', 'told'))).toHaveProperty('emitted.length', 1);
  expect(open(lives.afterLate(revoke('k1', 'told')))[0]).toBe('kill-check');
});

test('a review and a revocation are of a reported key, the same revocation told once', () => {
  for (const body of [review('k1'), revoke('k1')]) {
    expect(given(...two).when(body)).toMatchObject({ refused: 'leak-not-reported' });
  }
  const story = given(...two, reportLeak('k1'), revoke('k1', 'told'));
  expect(story.when(revoke('k1', 'told'))).toEqual({ emitted: [] });
  expect(story.when(revoke('k1'))).toHaveProperty('emitted.length', 1);
  expect(story.when(review('k1'))).toHaveProperty('emitted.length', 1);
});
