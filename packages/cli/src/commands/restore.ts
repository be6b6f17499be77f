import type { RestoredBackup, VerifyReport } from 'keyturn';
import { command } from '../command';
import { EXIT_DONE, EXIT_FAULT } from '../exitStatus';
import { required, text } from '../input/flags';
import { fullPath } from '../input/fullPath';
import { failureReport } from '../output/failures';
import type { Line } from '../output/report';
import { readableTime } from '../output/times';
import type { Session } from '../session';
import { findingLines } from './verify';

/** What the first look at a restored deployment came to, or why there was none. */
type FirstLook = { readonly report: VerifyReport } | { readonly failure: ReturnType<typeof failureReport> };

const look = async (session: Session): Promise<FirstLook> => {
  try {
    const keyturn = await session.keyturnForDryRuns();
    return { report: await keyturn.verify(session.asReaderOfAll(), { depth: 'heads' }) };
  } catch (error) {
    return { failure: failureReport(error) };
  }
};

/** For a POSIX shell. */
const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** A command that is typed as it stands: it names the directory that was restored, whatever the surroundings say. */
const typed = (words: string, directory: string): string => `keyturn ${words} --data ${quoted(directory)}`;

const acceptances = ({ findings }: VerifyReport, directory: string): ReadonlyArray<string> => [
  ...new Set(
    findings.flatMap(({ kind, workspaceId }) =>
      kind === 'log-behind' ? [typed(`log accept --workspace ${workspaceId ?? ''}`, directory)] : [],
    ),
  ),
];

const lookLines = (looked: FirstLook, directory: string): ReadonlyArray<Line> => {
  if ('failure' in looked) {
    return [
      'It was restored, and not looked at: log and vault could not be opened.',
      'See to that, then run keyturn verify before any service starts:',
      ...looked.failure.lines,
    ];
  }
  const { findings, workspaces } = looked.report;
  const accept = acceptances(looked.report, directory);
  if (findings.length === 0) {
    return [
      `The log of ${workspaces === 1 ? '1 workspace' : `${workspaces} workspaces`} ends as the vault knows it. ` +
        'Nothing is to be accepted.',
    ];
  }
  return [
    ...findingLines(findings),
    ...(accept.length === 0
      ? []
      : [
          'To go on with what there is, once nothing newer is to be had:',
          ...accept.map((one) => `  ${one}`),
        ]),
  ];
};

const lines = (
  { directory, deploymentId, takenAt }: RestoredBackup,
  looked: FirstLook,
): ReadonlyArray<Line> => [
  `Restored deployment ${deploymentId} into ${directory}, as it was at ${readableTime(Date.parse(takenAt))}.`,
  ...lookLines(looked, directory),
];

const nextIn = (directory: string): ReadonlyArray<string> => [
  `Look over everything: ${typed('verify', directory)}`,
  `Finish what was under way when the backup was made: ${typed('sweep', directory)}`,
  'Hard deletes and leaks after the backup are not in it, and nothing in it can know of them: repeat them now.',
  'See to it that the deployment that this replaces can not be started again.',
];

export const restore = command({
  details: [
    'Takes each file only as it was backed up, and puts it into the data directory (--data), which has to be empty',
    'or not there. Then looks whether the log of each workspace ends as the vault knows it, and says what to accept;',
    'for that it needs the master key. Exit status 3 when something is to be accepted or could not be looked at.',
    'docs/backup-and-restore.md says the rest.',
  ],
  operands: { from: required('DIR', 'the directory of the backup', text('DIR')) },
  flags: {},
  examples: [
    'keyturn restore /backup/2026-11-28 --data /srv/keyturn',
    'keyturn restore /backup/2026-11-28 --data /srv/keyturn --json',
  ],
  run: async (session, { from }) => {
    const { restoreKeyturn } = await import('keyturn');
    const directory = fullPath('DIR', from, session.io.cwd);
    const restored = await session.showing('Restoring', () =>
      restoreKeyturn({ ...session.place, from: directory }),
    );
    const looked = await look(session);
    const isGood = 'report' in looked && looked.report.findings.length === 0;
    return {
      json: {
        restore: {
          ...restored,
          ...('report' in looked
            ? { findings: looked.report.findings, accept: acceptances(looked.report, restored.directory) }
            : { notLookedAt: looked.failure.json }),
        },
      },
      lines: lines(restored, looked),
      hints: nextIn(restored.directory),
      exitStatus: isGood ? EXIT_DONE : EXIT_FAULT,
    };
  },
});
