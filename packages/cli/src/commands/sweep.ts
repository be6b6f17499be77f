import type { PendingFinding, SweepFinding, SweepReport } from 'keyturn';
import { command } from '../command';
import { EXIT_DONE, EXIT_FAULT } from '../exitStatus';
import { optional, toggle, wholeNumber } from '../input/flags';
import type { Line } from '../output/report';
import { table } from '../output/table';
import { endpointVariable } from '../environment';

const GRACE = '--grace <seconds>';
const LONGEST_GRACE_S = 7 * 24 * 3_600;

const FOUND: { readonly [K in PendingFinding['kind']]: string } = {
  orphan: 'a sealed row that no event names',
  'key-lost-from-log': 'a key that the log named once, and names no more',
  'secret-lost-from-vault': 'a key on file whose secret the vault does not have',
  'undestroyed-secret': 'a deleted key whose secret is not proven gone',
  'frozen-row': 'a row frozen for a delete that never came',
  'key-of-closed-workspace': 'a key that its closed workspace has still',
  'untested-key': 'a key without a test result',
  'lapsed-run': 'a run whose lease ran out',
  workspace: 'the workspace as a whole',
};

const REPAIRED: { readonly [K in SweepFinding['kind']]: string } = {
  orphan: 'its key id is burned, and it is shredded',
  'key-lost-from-log': 'kept',
  'secret-lost-from-vault': 'left',
  'undestroyed-secret': 'shredded and confirmed',
  'frozen-row': 'opens again',
  'key-of-closed-workspace': 'hard-deleted, shredded and confirmed',
  'untested-key': 'test-called',
  'lapsed-run': 'ended',
};

/** Waiting for its grace to pass, for a vendor to answer, or for its turn, is no fault. */
const IN_ORDER: ReadonlyArray<string> = ['within-grace', 'overdue', 'inconclusive', 'rate-limited'];

/** What a person has to look at. */
export const isFault = ({ code }: PendingFinding): boolean => !IN_ORDER.includes(code);

/** Said where a sweep may have called a vendor, and an override stands in its place. */
const overrideHints = (
  { dryRun, repairs, pending }: SweepReport,
  overrides: Readonly<Record<string, string>>,
): ReadonlyArray<string> =>
  dryRun || ![...repairs, ...pending].some(({ kind }) => kind === 'untested-key')
    ? []
    : Object.entries(overrides).map(
        ([vendor, origin]) =>
          `Test calls of ${vendor} went to ${origin} (${endpointVariable(vendor)}), and not to the vendor.`,
      );

const lines = ({ dryRun, workspaces, repairs, pending }: SweepReport): ReadonlyArray<Line> => {
  const summary =
    `${dryRun ? 'Looked into' : 'Swept'} ${workspaces} ${workspaces === 1 ? 'workspace' : 'workspaces'}: ` +
    `${repairs.length} ${dryRun ? 'to repair' : 'repaired'}, ${pending.length} left.`;
  const rows = [
    ...repairs.map((one) => [
      one.workspaceId,
      one.keyId ?? one.runId ?? '',
      FOUND[one.kind],
      dryRun ? 'to repair' : REPAIRED[one.kind],
    ]),
    ...pending.map((one) => [
      one.workspaceId,
      one.keyId ?? one.runId ?? '',
      FOUND[one.kind],
      `left: ${one.code}`,
    ]),
  ];
  return rows.length === 0
    ? [summary]
    : [...table(['WORKSPACE', 'KEY OR RUN', 'FOUND', 'NOW'], rows), summary];
};

export const sweep = command({
  details: [
    'Removes sealed rows that no event names, destroys the secrets of deleted keys that are still there, lets',
    'rows open again that were frozen for a delete that never came, test-calls keys without a result.',
    'Long-lived services do so by themselves. Safe to run at any time, also by several at once. Exit status 3',
    'when something could not be repaired.',
    'A lease that is over by the clock is only told of: one look at one clock ends no run. A service that runs',
    'ends it once it has seen that twice, five minutes apart. Where none runs, look at the clock and say --expire.',
  ],
  operands: {},
  flags: {
    dryRun: toggle('--dry-run', 'only tell what would be repaired'),
    expire: toggle(
      '--expire',
      'end runs whose lease is over by this clock; on a key that is being deleted, when it is over for the grace',
    ),
    grace: optional(
      GRACE,
      'how old something has to be to count as left behind (600); shorter only while nothing else runs',
      wholeNumber(GRACE, 0, LONGEST_GRACE_S),
    ),
  },
  examples: [
    'keyturn sweep --dry-run',
    'keyturn sweep',
    'keyturn sweep --expire',
    'keyturn sweep --grace 0 --json',
  ],
  run: async (session, { dryRun, expire, grace }) => {
    const { housekeeping } = await (dryRun ? session.keyturnForDryRuns() : session.keyturn());
    const report = await session.showing('Sweeping', () =>
      housekeeping.sweep({
        actor: session.settings.actor(),
        dryRun,
        expire,
        ...(grace === undefined ? {} : { graceMs: grace * 1_000 }),
      }),
    );
    const faults = report.pending.filter(isFault);
    return {
      json: { sweep: report },
      lines: lines(report),
      hints: [
        ...overrideHints(report, session.settings.vendorAccess.endpointOverrides ?? {}),
        ...faults.map(
          ({ workspaceId, keyId, runId, reason }) =>
            [workspaceId, keyId ?? runId].filter((id) => id !== null).join(' ') + `: ${reason}`,
        ),
      ],
      exitStatus: faults.length === 0 ? EXIT_DONE : EXIT_FAULT,
    };
  },
});
