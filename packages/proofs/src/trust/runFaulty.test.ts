import { expect, test } from '@jest/globals';
import type { FaultyPart } from './check';
import { CHECKS } from './checks';
import { runFaulty } from './runFaulty';

const findings = (...violations: ReadonlyArray<string>) => Promise.resolve({ figures: {}, violations });
const part = (name: string, run: FaultyPart['run']): FaultyPart => ({ name, seen: /broken/, run });

test('a faulty part is found out by what is to be said of it, and by nothing else', async () => {
  const check = {
    name: 'check',
    promise: 'Promised.',
    run: () => findings(),
    faulty: [
      part('found', () => findings('other', 'it is broken')),
      part('missed', () => findings()),
      part('taken for another', () => findings('other')),
      part('thrown', () => Promise.reject(new Error('no disk'))),
      part('without', () => Promise.resolve({ figures: {}, violations: [], leftOut: 'No server.' })),
    ],
  };
  const told: string[] = [];
  const results = await runFaulty([check], 1, (result) => told.push(result.part));
  expect(results).toMatchObject([
    { check: 'check', found: 'it is broken' },
    { found: null, said: [] },
    { found: null, said: ['other'] },
    { found: null, said: ['it could not be run: Error: no disk'] },
    { found: null, leftOut: 'No server.' },
  ]);
  expect(told).toEqual(['found', 'missed', 'taken for another', 'thrown', 'without']);
});

test('every check has faulty parts to find out, each under a name of its own', () => {
  for (const { name, faulty } of CHECKS) {
    expect([name, faulty.length > 0]).toEqual([name, true]);
    expect(new Set(faulty.map((one) => one.name)).size).toBe(faulty.length);
  }
});
