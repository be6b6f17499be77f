import { describe, expect, test } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { VaultFault } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import { addedKey, freshSite } from '../testSupport/site';
import { HOUR_MS, orphanIn, swept, SWEEPER, withoutAppendsOf } from '../testSupport/sweeping';
import { watchedVault } from '../testSupport/watchedVault';
import type { SweepReport } from './report';

const site = freshSite();

/** What a kill leaves behind, by each row of the table of crash rules in docs/architecture.md. */
const leaveEverything = async (workspaceId: string): Promise<void> => {
  const as = () => site().as({ workspaceId });
  const added = async (keyturn = site().keyturn, vendor = 'anthropic'): Promise<string> => {
    const pasted = site().sandbox.issueKey(vendor);
    return (await expectRight(keyturn.addKey(as(), { vendor, pasted }))).key.keyId;
  };
  await added();
  // Start a run: a pin without a user.
  const longAgo = Date.now() - HOUR_MS;
  const back = site().another({ clock: () => longAgo });
  await expectRight(back.startRun(as(), { runId: 'lapsed', leaseSeconds: 1 }));
  // Hard delete, before its append and behind it.
  const frozen = await added();
  await expectRight(site().vault.freeze({ workspaceId, keyId: frozen }));
  const undestroyed = await added();
  const vault = watchedVault(site().vault, {
    calls: [],
    before: (call) =>
      Promise.resolve(call === 'shred' ? new VaultFault('unavailable', 'The vault is away.') : null),
  });
  await expectRight(site().another({ vault }).hardDeleteKey(as(), { keyId: undestroyed, caseId: 'C-1' }));
  // Test call, and add.
  await added(withoutAppendsOf(site(), 'KeyValidated'));
  await orphanIn(site(), 'orphan', workspaceId);
};

const EVERY_ROW = ['frozen-row', 'lapsed-run', 'orphan', 'undestroyed-secret', 'untested-key'];

const repairsIn = ({ repairs }: SweepReport, workspaceId: string): ReadonlyArray<string> =>
  repairs.flatMap((one) => (one.workspaceId === workspaceId ? [one.kind] : [])).sort();

const CLEAN = { repairs: [], pending: [] };

describe('every row of the crash table is repaired', () => {
  test.each([
    ['at the start of a service', 0],
    ['on its timer, after sweeps that failed', 2],
  ])('%s', async (_, failures) => {
    await leaveEverything('acme');
    const stop = new AbortController();
    const reports: SweepReport[] = [];
    let failed = 0;
    const { vault } = site();
    let minutes = 0;
    const keyturn = site().another({
      // A lease lapses at the second look.
      monotonicClock: () => (minutes += 5) * 60_000,
      vault: {
        ...vault,
        workspaceIds: (...page) => {
          if (failed === failures) return vault.workspaceIds(...page);
          failed += 1;
          return TE.left(new VaultFault('unavailable', 'The vault is away.'));
        },
      },
    });
    await keyturn.sweepUntil(stop.signal, {
      actor: SWEEPER,
      graceMs: 0,
      everyMs: 1,
      onSwept: (report) => {
        reports.push(report);
        if (reports.length === 2) stop.abort();
      },
    });
    const [first, second] = reports.map((report) => repairsIn(report, 'acme'));
    expect(second).toEqual(['lapsed-run']);
    expect([...(first ?? []), ...(second ?? [])].sort()).toEqual(EVERY_ROW);
    expect(await swept(site())).toMatchObject(CLEAN);
  });

  test('by several processes at once', async () => {
    await addedKey(site());
    for (const workspaceId of ['acme', 'globex']) await leaveEverything(workspaceId);
    const sweepers = await Promise.all(
      [1, 2, 3].map(async () =>
        site().another({ eventStore: await site().anotherStore(), vault: await site().anotherVault() }),
      ),
    );
    await Promise.all(sweepers.map((sweeper) => swept(site(), { expire: true }, sweeper)));
    expect(await swept(site())).toMatchObject(CLEAN);
    const rows = await expectRight(site().vault.rowsOf('globex'));
    expect(rows.map(({ state }) => state)).toEqual(['live', 'live', 'live']);
  });
});
