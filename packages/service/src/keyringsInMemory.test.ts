import { describe, expect, test } from '@jest/globals';
import { makeInMemoryEventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { randomUUID } from 'node:crypto';
import { acceptingProber } from './testSupport/acceptingProber';
import { intercepted } from './testSupport/interceptedStore';
import { freshSite } from './testSupport/site';
import { storedEvents } from './testSupport/stream';

const site = freshSite();

describe('keyrings in memory', () => {
  test('are let go of beyond the limit, and come back as they were', async () => {
    const stored = makeInMemoryEventStore();
    const keyturn = site().another({
      eventStore: stored,
      prober: acceptingProber(),
      keyringBytesInMemory: 1,
    });
    const workspaces = ['w1', 'w2', 'w3'];
    await Promise.all(
      workspaces.map((workspaceId) =>
        expectRight(
          keyturn.addKey(site().as({ workspaceId }), {
            vendor: 'anthropic',
            pasted: site().sandbox.issueKey('anthropic'),
          }),
        ),
      ),
    );
    for (const workspaceId of [...workspaces, ...workspaces]) {
      const pin = await expectRight(keyturn.startRun(site().as({ workspaceId }), { runId: 'r1' }));
      expect(pin.runId).toBe('r1');
    }
    for (const workspaceId of workspaces) {
      const pins = (await storedEvents(stored, workspaceId)).filter(({ type }) => type === 'RunKeyPinned');
      expect(pins).toHaveLength(1);
    }
  });

  test('SC-8: are bounded by what they hold, not by how many they are', async () => {
    const loads: string[] = [];
    const eventStore = intercepted(makeInMemoryEventStore(), {
      loadSnapshot: (next, stream) => {
        loads.push(stream.slice('keyring-'.length));
        return next(stream);
      },
    });
    const prober = acceptingProber();
    const keyturn = site().another({ eventStore, prober, keyringBytesInMemory: 100_000 });
    const start = (workspaceId: string) =>
      expectRight(keyturn.startRun(site().as({ workspaceId }), { runId: randomUUID() }));
    const small = Array.from({ length: 10 }, (_, n) => `small-${n}`);
    const large = ['large-1', 'large-2'];
    for (const workspaceId of [...small, ...large]) {
      const pasted = site().sandbox.issueKey('anthropic');
      await expectRight(keyturn.addKey(site().as({ workspaceId }), { vendor: 'anthropic', pasted }));
    }
    loads.length = 0;
    for (const workspaceId of [...small, ...small]) await start(workspaceId);
    expect(loads).toEqual([]);
    for (const workspaceId of large) await Promise.all(Array.from({ length: 120 }, () => start(workspaceId)));
    for (const workspaceId of [...large, 'large-2']) await start(workspaceId);
    expect(loads).toEqual(['large-2', 'large-1', 'large-2']);
  });

  test.each(['keyringBytesInMemory', 'testCallsPerMinute'])('%s has to be 1 or more', (option) => {
    expect(() => site().another({ [option]: 0 })).toThrow(RangeError);
  });
});
