import { expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { USUAL_LIMITS } from '../refusals/limits';
import { openRefusalStore } from '../refusals/refusalStore';
import { allRefusals } from './allRefusals';

const NOON = Date.UTC(2026, 9, 1, 12);
const MINUTE = 60_000;

test('a report has the first refusals, too, however many there are', () => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-refusals-'));
  const limits = {
    ...USUAL_LIMITS,
    linesOfActor: 5_000,
    linesOfActorInWorkspace: 5_000,
    linesInHour: 5_000,
  };
  const store = openRefusalStore(join(directory, 'refusals.sqlite'), { clock: () => NOON, limits });
  for (let n = 0; n < 2_300; n += 1) {
    store.add({
      at: NOON - n * MINUTE,
      workspaceId: 'acme',
      actorKind: 'user',
      actorId: 'mallory',
      originRef: null,
      action: 'StartRun',
      keyId: n % 2 === 0 ? 'key-1' : 'key-2',
      runId: null,
      code: 'key-suspended',
    });
  }
  const all = allRefusals(store, { workspaceIds: ['acme'], keyId: 'key-1' });
  store.close();
  rmSync(directory, { recursive: true });
  expect(all).toHaveLength(1_150);
  expect(new Set(all.map(({ sequence }) => sequence)).size).toBe(1_150);
});
