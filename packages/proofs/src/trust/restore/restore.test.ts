import { describe, expect, test } from '@jest/globals';
import { sampled } from '@keyturn/testbed/sampling';
import { logFactsOf, vaultFactsOf } from './facts';
import { EMBEDDED, restore, restoring } from './restore';

const budget = { until: 0, seed: 3, progress: () => undefined };

test('events and vault of any two moments come to full service by the documented acts alone', async () => {
  const { figures, violations } = await restoring({ parts: EMBEDDED, copies: 2 })(budget);
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ pairs: 4 });
  expect(figures['losses accepted']).toBeGreaterThan(0);
  expect(figures['keys released']).toBeGreaterThan(0);
});

// All of them are tried by `scripts/trust --faulty`: those behind the door need modules that can be exchanged.
test.each(sampled(restore.faulty.slice(0, 2), 1))('the check finds $name', async ({ run, seen }) => {
  const { violations } = await run({ ...budget, until: Date.now() + 30_000 });
  expect(violations.join('\n')).toMatch(seen);
});

describe('what lies in a copy', () => {
  test('of the log: keys, deaths, leaks and open runs', () => {
    const events = [
      { type: 'KeyAdded', data: { keyId: 'k1', label: 'one' } },
      { type: 'KeyAdded', data: { keyId: 'k2', label: 'two' } },
      { type: 'RunKeyPinned', data: { runId: 'r1', keyId: 'k1' } },
      { type: 'RunKeyPinned', data: { runId: 'r2', keyId: 'k2' } },
      { type: 'RunKeyPinned', data: { runId: 'r3', keyId: 'k2' } },
      { type: 'KeyHardDeleted', data: { keyId: 'k1', reason: 'leak' } },
      { type: 'RunKeyReleased', data: { runId: 'r3', keyId: 'k2' } },
      { type: 'KeyReportedLeaked', data: { keyId: 'k2' } },
      { type: 'KeyAddAbandoned', data: { keyId: 'k3' } },
    ].map((event, revision) => ({ workspaceId: 'acme', revision, ...event }));
    expect(logFactsOf(events).get('acme')).toEqual({
      head: 8,
      added: new Map([
        ['k1', 'one'],
        ['k2', 'two'],
      ]),
      hardDeleted: new Set(['k1']),
      leaked: new Set(['k1', 'k2']),
      burned: new Set(['k3']),
      openRuns: new Map([['r2', 'k2']]),
    });
  });

  test('of the vault: a secret without its data key opens nothing', async () => {
    const tables = {
      witnesses: [['acme', '7']],
      removals: [
        ['acme', 'k1', '1', '0'],
        ['acme', 'k2', '0', '1'],
      ],
      sealed_secrets: [
        ['acme', 'k2', '1'],
        ['acme', 'k3', '0'],
      ],
      data_keys: [
        ['acme', 'k3'],
        ['acme', 'k4'],
      ],
    };
    expect((await vaultFactsOf((table) => Promise.resolve(tables[table]))).get('acme')).toEqual({
      witness: 7,
      rows: new Map([
        ['k2', { named: true }],
        ['k3', { named: false }],
      ]),
      openable: new Set(['k3']),
      hardDeleted: new Set(['k1']),
      leaked: new Set(['k2']),
    });
  });
});
