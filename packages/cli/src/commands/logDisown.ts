import type { DisownedEvents, Keyturn, UnsealedEnd } from 'keyturn';
import { command } from '../command';
import { optional, toggle, wholeNumber, workspaceFlag } from '../input/flags';
import type { Line, Report } from '../output/report';
import { table } from '../output/table';
import { isoOf, readableTime } from '../output/times';
import { UsageError } from '../problems';
import type { Session } from '../session';

const FROM = '--from <revision>';
/** Longer than any of ours. */
const LONGEST_TYPE = 30;

interface Given {
  readonly workspace: string;
  readonly from: number | undefined;
  readonly honestToo: boolean;
  readonly yes: boolean;
}

const eventsOf = ({ from, to }: Pick<UnsealedEnd, 'from' | 'to'>): string =>
  from === to ? `event ${from}` : `events ${from} to ${to}`;

const HONEST =
  'Seals of ours lie over some of them, or may: they are honest, or of a past that a restore took away, or sealed ' +
  'by another log key than the vault has. Restore a backup of the events, or the newer vault. Where there is none, ' +
  '--honest-too disowns them, too: what is honest is lost then.';

const foundLines = (workspace: string, end: UnsealedEnd): ReadonlyArray<Line> => {
  const more = end.to - end.from + 1 - end.events.length;
  return [
    { heading: `Workspace ${workspace}` },
    `No good seal lies over ${eventsOf(end)} of its log:`,
    ...table(
      ['revision', 'type', 'recorded', 'seal'],
      end.events.map(({ revision, type, recordedAt, isCopy }) => [
        String(revision),
        type.length > LONGEST_TYPE ? `${type.slice(0, LONGEST_TYPE)}…` : type,
        readableTime(recordedAt),
        isCopy ? 'of another place' : 'none known',
      ]),
    ),
    ...(more === 0 ? [] : [`And ${more} more.`]),
    ...(end.isHonestInPart ? [HONEST] : []),
  ];
};

const endJson = ({ from, to, events, isHonestInPart }: UnsealedEnd): object => ({
  from,
  to,
  isHonestInPart,
  events: events.map(({ recordedAt, ...event }) => ({ ...event, recordedAt: isoOf(recordedAt) })),
});

const look = async (
  session: Session,
  keyturn: Keyturn,
  { workspace, from, honestToo }: Given,
): Promise<Report> => {
  const context = session.context(workspace);
  // A wrong revision is told now, as it would be with --yes.
  if (from !== undefined) await keyturn.log.disown(context, { from, honestToo }, { dryRun: true });
  const end = await keyturn.log.unsealed(context);
  return {
    json: { workspaceId: workspace, disowned: false, unsealed: end === null ? null : endJson(end) },
    lines:
      end === null
        ? [`Workspace ${workspace} has no log, or its log ends with an event that the vault has sealed.`]
        : foundLines(workspace, end),
    hints:
      end === null
        ? []
        : [
            'Nothing was done. Find out who wrote them. To have them count for nothing, for good: ' +
              `--from ${end.from} --yes.`,
          ],
  };
};

const REBUILD = 'keyturn projections rebuild key-list|run-usage|audit-log';

const doneLines = (workspace: string, disowned: DisownedEvents): ReadonlyArray<Line> => [
  { heading: `Workspace ${workspace}` },
  `Disowned: ${eventsOf(disowned)} of its log count for nothing. Revision ${disowned.revision} says so.`,
  ...(disowned.lossToAccept
    ? ['The vault knows of other events in their place: the log lacks them, and the workspace stands still.']
    : []),
];

const disown = async (session: Session, given: Given): Promise<Report> => {
  const { workspace, from, honestToo, yes } = given;
  if (!yes) return look(session, await session.keyturnForDryRuns(), given);
  if (from === undefined) {
    throw new UsageError('Say from which revision with --from. Without --yes this command tells it.');
  }
  const keyturn = await session.keyturn();
  const disowned = await keyturn.log.disown(session.context(workspace), { from, honestToo });
  return {
    json: { workspaceId: workspace, disowned: true, ...disowned },
    lines: doneLines(workspace, disowned),
    hints: [
      ...(disowned.lossToAccept ? [`Next: keyturn log accept --workspace ${workspace}`] : []),
      `Read models that had stopped there are mended by ${REBUILD}`,
    ],
  };
};

export const logDisown = command({
  details: [
    'A workspace whose log ends with events that the vault has not sealed is stopped (log-damaged). Take them out,',
    'or restore the events, where your store lets you. Where it does not, as EventStoreDB, this says what stands',
    'there, and with --yes has it count for nothing: the events stay, everybody passes over them, and the audit log',
    'shows the act. Honest events behind one that was changed are for a backup to bring back.',
  ],
  operands: {},
  flags: {
    workspace: workspaceFlag,
    from: optional(FROM, 'the first event to disown', wholeNumber(FROM, 0, Number.MAX_SAFE_INTEGER)),
    honestToo: toggle('--honest-too', 'also honest events behind one that was changed'),
    yes: toggle('--yes', 'disown them; without it, they are only told'),
  },
  examples: [
    'keyturn log disown --workspace acme',
    'keyturn log disown --workspace acme --from 41 --yes --as support:grace',
  ],
  run: disown,
});
