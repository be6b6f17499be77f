import type { LeakCaseKeyStanding } from 'keyturn';
import { command } from '../command';
import { dryRunFlag, yesFlag } from '../irreversible';
import { foreseenReport } from '../output/foreseen';
import type { Session } from '../session';
import { NotConfirmed, UsageError } from '../problems';
import { ofKey, openedFor, recordedReport } from './leakCaseOfKey';

/** What a suspension does to the customer's own work. */
const consequences = ({ last4, openRuns }: LeakCaseKeyStanding): ReadonlyArray<string> => [
  `No new run gets …${last4}, no open run gets it again, and it is not test-called but for a kill check.`,
  openRuns.length === 0
    ? 'No open run has it.'
    : `Open runs that have it, and go on with what they have: ${openRuns.join(', ')}.`,
  'Where it is Default, it stays Default, and new runs are refused until another key is.',
];

const agreedTo = async ({ io }: Session, lines: ReadonlyArray<string>): Promise<void> => {
  if (io.confirm === null) return;
  await io.stderr.write(
    `This stops the customer's own runs:\n${lines.map((line) => `  ${line}\n`).join('')}`,
  );
  if (!(await io.confirm('Type yes to go on: '))) throw new NotConfirmed();
};

export const leakSuspend = command({
  details: [
    "Stops the customer's own runs, and no thief: only revoking at the vendor does that. The open runs that have the",
    'key are shown first. Nothing moves: a Default stays Default. keyturn leak reinstate undoes it.',
  ],
  operands: ofKey.operands,
  flags: { ...ofKey.flags, yes: yesFlag, dryRun: dryRunFlag },
  examples: [
    'keyturn leak suspend 6f0c3a1e --workspace acme --case SR-1042 --dry-run',
    'keyturn leak suspend 6f0c3a1e --workspace acme --case SR-1042 --yes',
  ],
  run: async (session, { yes, dryRun, ...given }) => {
    if (!yes && !dryRun && session.io.confirm === null) {
      throw new UsageError(
        "This stops the customer's own runs, and there is no terminal to confirm it on. See what it would do with " +
          '--dry-run, then say so: keyturn leak suspend KEY --workspace W --case C --yes',
      );
    }
    const { keyturn, context, of } = await openedFor(session, given);
    const foreseen = await keyturn.support.suspend(context, of, { dryRun: true });
    const { keys } = await keyturn.support.status(context, { caseId: of.caseId });
    const lines = keys.filter(({ keyId }) => keyId === of.keyId).flatMap(consequences);
    if (dryRun) return { ...foreseenReport(foreseen, []), lines: foreseen.events.length === 0 ? [] : lines };
    if (!yes && foreseen.events.length > 0) await agreedTo(session, lines);
    const recorded = await keyturn.support.suspend(context, of);
    const report = recordedReport(of, recorded, `Key ${of.keyId} is suspended.`);
    return { ...report, lines: [...report.lines, ...(recorded.changed ? lines : [])] };
  },
});

export const leakReinstate = command({
  details: [
    'The key serves again as before it was suspended. Its report stays, and so does the ban of its secret.',
  ],
  operands: ofKey.operands,
  flags: ofKey.flags,
  examples: ['keyturn leak reinstate 6f0c3a1e --workspace acme --case SR-1042'],
  run: async (session, given) => {
    const { keyturn, context, of } = await openedFor(session, given);
    const recorded = await keyturn.support.reinstate(context, of);
    return recordedReport(of, recorded, `Key ${of.keyId} serves again. Its report stays.`);
  },
});
