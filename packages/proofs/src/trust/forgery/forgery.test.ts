import { describe, expect, test } from '@jest/globals';
import { makeRandom } from '../kills/random';
import { forgery } from './forgery';
import { CHANGES, forged, sameEvents } from './forging';
import type { Written } from './written';

const budget = { until: 0, seed: 3, progress: () => undefined };

test('what is forged is found before anything is decided, and honest commands raise no alarm', async () => {
  const { figures, violations } = await forgery.run({ ...budget, commands: 200 });
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ forgeries: figures['found'], 'honest commands': 200, 'false alarms': 0 });
  expect(figures['forgeries']).toBeGreaterThan(20);
});

// All of them are tried by `scripts/trust --faulty`.
test.each(forgery.faulty.slice(1, 2))('the check finds $name', async ({ run, seen }) => {
  const { violations } = await run({ ...budget, until: Date.now() + 30_000 });
  expect(violations.join('\n')).toMatch(seen);
});

describe('a forger', () => {
  const link = `,"chain":"${'A'.repeat(43)}"`;
  const event = (revision: number): Written => ({
    revision,
    id: `00000000-0000-4000-8000-00000000000${revision}`,
    type: revision === 0 ? 'KeyAdded' : 'RunFinished',
    data: '{"runId":"r1"}',
    metadata: `{"time":"2026-01-01T00:00:00.000Z","actor":{"kind":"user","id":"ada"}${link}}`,
    recordedAt: 0,
  });
  const events = [0, 1, 2].map(event);
  const material = {
    random: makeRandom(1),
    stream: 'keyring-acme',
    events,
    others: [{ ...event(0), id: '00000000-0000-4000-8000-0000000000ff' }],
    keyId: 'k1',
    keepsGaps: true,
  };

  test('always changes something, and comes to all of its changes', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 2_000; n += 1) {
      const { what, events: changed } = forged(material);
      expect(sameEvents(changed, events)).toBe(false);
      seen.add(what.replace(/ \([a-z-]+\)$/, ''));
    }
    // These events name no workspace.
    const able = Object.keys(CHANGES).filter((name) => name !== 'the workspace that an event names');
    expect([...seen].sort()).toEqual(able.sort());
  });
});
