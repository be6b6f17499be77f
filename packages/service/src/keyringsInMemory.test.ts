import { describe, expect, test } from '@jest/globals';
import { makeInMemoryEventStore } from '@keyturn/event-store';
import { expectRight } from '@keyturn/testbed';
import { acceptingProber } from './testSupport/acceptingProber';
import { freshSite } from './testSupport/site';
import { storedEvents } from './testSupport/stream';

const site = freshSite();

describe('keyrings in memory', () => {
  test('are let go of beyond the limit, and come back as they were', async () => {
    const stored = makeInMemoryEventStore();
    const keyturn = site().another({
      eventStore: stored,
      prober: acceptingProber(),
      keyringsInMemory: 1,
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

  test.each(['keyringsInMemory', 'testCallsPerMinute'])('%s has to be 1 or more', (option) => {
    expect(() => site().another({ [option]: 0 })).toThrow(RangeError);
  });
});
