import { describe, expect, test } from '@jest/globals';
import {
  accept,
  add,
  command,
  exactly,
  expire,
  fail,
  finish,
  hardDelete,
  ofVendor,
  remove,
  resume,
  setDefault,
  start,
  T0,
} from '../testSupport/commands';
import { given, givenUnder } from '../testSupport/given';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const two = [add('a1'), accept('a1'), add('o1', { of: 'openai' }), accept('o1')] as const;

describe('StartRun', () => {
  test('by default takes the workspace Default and says how it chose, at which revision, until when', () => {
    expect(given(...two).when(start('r'))).toEqual({
      emitted: [
        {
          type: 'RunKeyPinned',
          data: {
            runId: 'r',
            projectId: null,
            keyId: 'a1',
            vendor: 'anthropic',
            requested: { kind: 'default' },
            choice: 'workspace-default',
            keyringRevision: 4,
            leaseUntil: T0 + 4_000 + DAY * 1_000,
          },
        },
      ],
    });
  });

  test('a project with a Default of its own takes that, others the workspace Default', () => {
    const story = given(...two, setDefault('o1', 'p'));
    expect(story.when(start('r', { in: 'p' }))).toMatchObject({
      emitted: [{ data: { keyId: 'o1', choice: 'project-default', projectId: 'p' } }],
    });
    expect(story.when(start('r', { in: 'q' }))).toMatchObject({
      emitted: [{ data: { keyId: 'a1', choice: 'workspace-default' } }],
    });
  });

  test('a failed project Default is refused, never the workspace Default instead', () => {
    expect(
      given(...two, setDefault('o1', 'p'), fail('o1', 'unfunded', 9)).when(start('r', { in: 'p' })),
    ).toMatchObject({
      refused: 'default-not-active',
      facts: {
        scope: { kind: 'project', projectId: 'p' },
        key: { keyId: 'o1' },
        candidates: [{ keyId: 'a1' }],
        next: ['validate-key', 'set-default'],
      },
      message: expect.stringContaining('credit exhausted'),
    });
  });

  test('a Default that has not passed a test call is refused, naming what could be set as Default', () => {
    expect(given(add('a1'), add('a2'), accept('a2')).when(start('r'))).toMatchObject({
      refused: 'default-not-active',
      facts: {
        scope: { kind: 'workspace' },
        key: { keyId: 'a1', status: 'pending' },
        candidates: [{ keyId: 'a2' }],
      },
      message: expect.stringContaining('set another Default: …xxa2 (a2)'),
    });
  });

  test('without a key on file there is nothing to run on', () => {
    expect(given(add('k1'), hardDelete('k1')).when(start('r'))).toMatchObject({ refused: 'no-key-on-file' });
  });

  test('in a workspace that no event names there is nothing to run on, and its name may be mistyped', () => {
    expect(given().when(start('r'))).toMatchObject({ refused: 'unknown-workspace' });
  });

  test('by vendor takes the Default of that vendor, else the only active key', () => {
    expect(
      given(...two, add('a2'), accept('a2')).when(start('r', { choice: ofVendor('anthropic') })),
    ).toMatchObject({
      emitted: [{ data: { keyId: 'a1', choice: 'explicit-vendor', requested: { kind: 'vendor' } } }],
    });
    expect(given(...two).when(start('r', { choice: ofVendor('openai') }))).toMatchObject({
      emitted: [{ data: { keyId: 'o1', vendor: 'openai', choice: 'explicit-vendor' } }],
    });
  });

  test('by vendor never takes another key because the Default of that vendor failed', () => {
    const past = [...two, add('a2'), accept('a2'), fail('a1', 'unfunded', 9)];
    expect(given(...past).when(start('r', { choice: ofVendor('anthropic') }))).toMatchObject({
      refused: 'default-not-active',
      facts: { key: { keyId: 'a1' } },
    });
    expect(
      given(...past, setDefault('o1', 'p')).when(start('r', { in: 'p', choice: ofVendor('anthropic') })),
    ).toMatchObject({ refused: 'default-not-active', facts: { key: { keyId: 'a1' } } });
  });

  test('by vendor is refused when there is none, or several and no Default among them', () => {
    expect(given(...two).when(start('r', { choice: ofVendor('mistral') }))).toMatchObject({
      refused: 'vendor-has-no-active-key',
      facts: { keys: [] },
    });
    expect(
      given(...two, add('o2', { of: 'openai' }), accept('o2')).when(
        start('r', { choice: ofVendor('openai') }),
      ),
    ).toMatchObject({
      refused: 'vendor-is-ambiguous',
      facts: { candidates: [{ keyId: 'o1' }, { keyId: 'o2' }] },
    });
  });

  test('by key is refused when the key is not active, saying which state it is in', () => {
    const story = given(...two, add('a2'), start('r0', { choice: exactly('o1') }), remove('o1'));
    const refused = (id: string) => story.when(start('r', { choice: exactly(id) }));
    expect(refused('a2')).toMatchObject({ refused: 'key-not-active', facts: { key: { status: 'pending' } } });
    expect(refused('o1')).toMatchObject({ refused: 'key-not-active', facts: { key: { status: 'retired' } } });
    expect(refused('k9')).toMatchObject({ refused: 'unknown-key' });
    expect(story.when(start('r', { choice: exactly('a1') }))).toMatchObject({
      emitted: [{ data: { keyId: 'a1', choice: 'explicit-key' } }],
    });
  });

  test('again with the same request is the same pin, whatever the Default is now', () => {
    const story = given(...two, start('r', { in: 'p' }), setDefault('o1'), fail('a1', 'unfunded', 9));
    expect(story.when(start('r', { in: 'p' }))).toEqual({ emitted: [] });
    expect(story.when(start('r', { in: 'p', choice: exactly('a1') }))).toMatchObject({
      refused: 'run-already-pinned',
      facts: { key: { keyId: 'a1' } },
    });
    expect(story.when(start('r', { in: 'q' }))).toMatchObject({ refused: 'run-already-pinned' });
    expect(story.when(start('r'))).toMatchObject({ refused: 'run-already-pinned' });
  });

  test('again after it ended is refused; after the window of the memory its id names a new run', () => {
    const past = [...two, start('r'), finish('r')];
    expect(given(...past).when(start('r'))).toMatchObject({ refused: 'run-already-ended' });
    const later = (seconds: number) => ({ time: T0 + seconds * 1_000, issuedAt: T0 + seconds * 1_000 });
    const dayAfter = [
      command(setDefault('o1'), 90, later(DAY + 60)),
      command(setDefault('a1'), 91, later(DAY + 61)),
    ];
    expect(given(...past, ...dayAfter).when(start('r'), later(DAY + 62))).toHaveProperty('emitted.length', 1);
  });

  test('on a pin whose key was hard-deleted is refused', () => {
    const story = given(...two, start('r'), hardDelete('a1', { successor: 'o1' }));
    expect(story.when(start('r'))).toMatchObject({
      refused: 'run-interrupted',
      facts: { key: { keyId: 'a1' } },
    });
    expect(story.when(resume('r'))).toMatchObject({ refused: 'run-interrupted' });
  });

  test.each([0, -1, 1.5, Number.NaN, 7 * DAY + 1])('a lease of %p s is refused', (lease) => {
    expect(given(...two).when(start('r', { lease }))).toMatchObject({ refused: 'lease-out-of-range' });
  });

  test('no more open runs than the policy allows', () => {
    expect(givenUnder({ maxOpenRuns: 1 })(...two, start('r1')).when(start('r2'))).toMatchObject({
      refused: 'too-many-open-runs',
    });
  });
});

describe('ResumeRun', () => {
  const at = (seconds: number) => ({ time: T0 + seconds * 1_000 });

  test('may lengthen the lease and never shortens it', () => {
    const story = given(...two, start('r', { lease: HOUR }));
    expect(story.when(resume('r', 2 * HOUR), at(10))).toMatchObject({
      emitted: [{ type: 'RunKeyResumed', data: { keyId: 'a1', leaseUntil: T0 + (10 + 2 * HOUR) * 1_000 } }],
    });
    expect(story.when(resume('r', 1), at(10))).toMatchObject({
      emitted: [{ data: { leaseUntil: T0 + (4 + HOUR) * 1_000 } }],
    });
  });

  test('works on a lapsed lease, and on a key that is failed or going', () => {
    const story = given(
      ...two,
      start('r', { lease: 1 }),
      fail('a1', 'unfunded', 9),
      remove('a1', { successor: 'o1' }),
    );
    expect(story.when(resume('r'), at(HOUR))).toMatchObject({ emitted: [{ type: 'RunKeyResumed' }] });
  });

  test('all leases together end at the policy limit', () => {
    const policy = { maxTotalLeaseSeconds: 2 * HOUR };
    const story = givenUnder(policy)(...two, start('r', { lease: HOUR }));
    expect(story.when(resume('r', 5 * HOUR), at(HOUR))).toMatchObject({
      emitted: [{ data: { leaseUntil: T0 + (4 + 2 * HOUR) * 1_000 } }],
    });
    expect(story.when(resume('r'), at(4 + 2 * HOUR))).toMatchObject({ refused: 'lease-exhausted' });
  });

  test('needs an open run', () => {
    expect(given(...two).when(resume('r'))).toMatchObject({ refused: 'run-not-open' });
    expect(given(...two, start('r'), finish('r')).when(resume('r'))).toMatchObject({
      refused: 'run-already-ended',
    });
  });
});

describe('FinishRun', () => {
  test('releases the key; a run that is not open needs nothing', () => {
    expect(given(...two, start('r')).when(finish('r', 'cancelled'))).toEqual({
      emitted: [{ type: 'RunKeyReleased', data: { runId: 'r', keyId: 'a1', outcome: 'cancelled' } }],
    });
    expect(given(...two, start('r'), finish('r')).when(finish('r'))).toEqual({ emitted: [] });
    expect(given(...two).when(finish('never'))).toEqual({ emitted: [] });
  });
});

describe('ExpireRuns', () => {
  const past = [
    ...two,
    start('r2', { lease: 20 }),
    start('r1', { lease: 10 }),
    start('r3', { lease: 999 }),
    remove('a1', { successor: 'o1' }),
  ];

  test('releases the pins past their lease, the longest lapsed first', () => {
    expect(given(...past).when(expire(60))).toEqual({
      emitted: ['r1', 'r2'].map((runId) => ({
        type: 'RunKeyReleased',
        data: { runId, keyId: 'a1', outcome: 'lease-expired' },
      })),
    });
    expect(given(...past).when(expire(5))).toEqual({ emitted: [] });
  });

  test('drains a retired key right behind its last run', () => {
    expect(given(...past).when(expire(5_000))).toMatchObject({
      emitted: [
        { data: { runId: 'r1' } },
        { data: { runId: 'r2' } },
        { data: { runId: 'r3' } },
        { type: 'KeyHardDeleted', data: { keyId: 'a1', cause: 'drained' } },
      ],
    });
  });

  test('goes a chunk at a time', () => {
    expect(givenUnder({ maxExpiriesPerCommand: 1 })(...past).when(expire(60))).toMatchObject({
      emitted: [{ data: { runId: 'r1' } }],
    });
  });

  test('a clock that departs from the store is refused', () => {
    expect(given(...past).when(expire(1_000, 60))).toMatchObject({ refused: 'clock-departs' });
    expect(given(...past).when(expire(60, 1_000))).toMatchObject({ refused: 'clock-departs' });
  });
});
