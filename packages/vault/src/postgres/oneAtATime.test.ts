import { describe, expect, test } from '@jest/globals';
import { scriptedSession } from '../testSupport/scriptedSession';
import { oneAtATime } from './oneAtATime';
import type { Session } from './session';

/** A server that gives the lock when it has been asked for this often, and what was done there. */
const serverWith = (asksNeeded: number, unlock: () => ReadonlyArray<unknown> = () => []) => {
  const done: Array<string> = [];
  const session: Session = scriptedSession({
    pg_try_advisory_lock: () => {
      done.push('asked');
      return done.length < asksNeeded ? [] : [{ had: true }];
    },
    pg_advisory_unlock: () => {
      done.push('unlocked');
      return unlock();
    },
  });
  return { session, done };
};

describe('an erasure', () => {
  test('runs once the lock can be had, and gives it back', async () => {
    const { session, done } = serverWith(2);
    const outcome = await oneAtATime(session, () => {
      done.push('run');
      return Promise.resolve('outcome');
    });
    expect(outcome).toBe('outcome');
    expect(done).toEqual(['asked', 'asked', 'run', 'unlocked']);
  });

  test('gives the lock back when it fails', async () => {
    const { session, done } = serverWith(1);
    const failing = oneAtATime(session, () => Promise.reject(new Error('failed')));
    await expect(failing).rejects.toThrow('failed');
    expect(done).toEqual(['asked', 'unlocked']);
  });

  test('that lost its connection says what it failed by, and not that it could not unlock', async () => {
    const { session } = serverWith(1, () => {
      throw new Error('not queryable');
    });
    const failing = oneAtATime(session, () => Promise.reject(new Error('connection lost')));
    await expect(failing).rejects.toThrow('connection lost');
  });
});
