import {
  isKeyturnError,
  type AcceptableLoss,
  type ActContext,
  type Foreseen,
  type Keyturn,
  type LogAcceptance,
} from 'keyturn';
import { command } from '../command';
import { EXIT_DONE, EXIT_FAULT } from '../exitStatus';
import { optional, readWorkspace, WORKSPACE, successorFlag, toggle } from '../input/flags';
import { resolveKey } from '../keyArgument';
import type { Line, Report } from '../output/report';
import { UsageError } from '../problems';
import type { Session } from '../session';

const named = (keyIds: ReadonlyArray<string>): string => (keyIds.length === 0 ? 'none' : keyIds.join(', '));

const lossOf = ({ events }: Foreseen): object =>
  events.find(({ type }) => type === 'LogRestored')?.data ?? {};

const foreseenLines = (workspaceId: string, foreseen: Foreseen): ReadonlyArray<Line> => {
  const loss: { readonly from?: unknown; readonly to?: unknown; readonly lostKeys?: unknown } =
    lossOf(foreseen);
  const again = foreseen.events.flatMap(({ type, data }) =>
    type === 'KeyHardDeleted' && 'keyId' in data ? [String(data.keyId)] : [],
  );
  return [
    { heading: `Workspace ${workspaceId}` },
    `The log ends at revision ${String(loss.to)}, and was known to reach ${String(loss.from)}.`,
    `Keys that no event names any more: ${named(Array.isArray(loss.lostKeys) ? loss.lostKeys.map(String) : [])}`,
    `Keys to be hard-deleted again: ${named(again)}`,
  ];
};

const acceptedLines = (workspaceId: string, accepted: LogAcceptance): ReadonlyArray<Line> => [
  { heading: `Workspace ${workspaceId}` },
  `Accepted: what followed revision ${accepted.left}, up to ${accepted.known}, is lost.`,
  `Keys that no event names any more, for a sweep to destroy: ${named(accepted.lostKeys)}`,
  `Keys that were hard-deleted again: ${named(accepted.hardDeletedAgain)}`,
  `Keys on file without a secret, which need a new paste: ${named(accepted.keysWithoutSecret)}`,
];

interface Given {
  readonly workspace: string | undefined;
  readonly all: boolean;
  readonly successor: string | undefined;
  readonly yes: boolean;
}

const lossesOf = async (
  keyturn: Keyturn,
  context: Omit<ActContext, 'workspaceId'>,
  { workspace, all }: Given,
): Promise<ReadonlyArray<AcceptableLoss>> => {
  if (workspace !== undefined) return [{ workspaceId: workspace, obstacle: null }];
  if (!all) throw new UsageError('Say which workspace with --workspace, or --all.');
  return keyturn.log.losses(context);
};

/** What one workspace came to. */
interface Told {
  readonly lines: ReadonlyArray<Line>;
  readonly document: object;
}

const acceptOne = async (
  session: Session,
  keyturn: Keyturn,
  workspaceId: string,
  { successor, yes }: Given,
): Promise<Told> => {
  const context = session.context(workspaceId);
  const input = successor === undefined ? {} : { successor: await resolveKey(keyturn, context, successor) };
  if (yes) {
    const accepted = await keyturn.log.accept(context, input);
    return { lines: acceptedLines(workspaceId, accepted), document: { workspaceId, ...accepted } };
  }
  const foreseen = await keyturn.log.accept(context, input, { dryRun: true });
  return {
    lines: foreseenLines(workspaceId, foreseen),
    document: { workspaceId, events: foreseen.events },
  };
};

const obstacleOf = (workspaceId: string, message: string): Told => ({
  lines: [{ heading: `Workspace ${workspaceId}` }, `Not accepted: ${message}`],
  document: { workspaceId, obstacle: message },
});

const accept = async (session: Session, given: Given): Promise<Report> => {
  if (given.all && (given.workspace !== undefined || given.successor !== undefined)) {
    throw new UsageError('--all goes with neither --workspace nor --successor.');
  }
  const keyturn = await (given.yes ? session.keyturn() : session.keyturnForDryRuns());
  const losses = await lossesOf(keyturn, { actor: session.settings.actor() }, given);
  const told: Told[] = [];
  let obstacles = 0;
  for (const { workspaceId, obstacle } of losses) {
    try {
      told.push(
        obstacle === null
          ? await acceptOne(session, keyturn, workspaceId, given)
          : obstacleOf(workspaceId, obstacle),
      );
      if (obstacle !== null) obstacles += 1;
    } catch (error) {
      // Of all workspaces the others go on: what is done already is not to be lost sight of.
      if (!given.all || !isKeyturnError(error)) throw error;
      told.push(obstacleOf(workspaceId, error.message));
      obstacles += 1;
    }
  }
  return {
    json: { accepted: given.yes, workspaces: told.map(({ document }) => document) },
    lines:
      losses.length === 0
        ? ['No log lacks anything that the vault knows of.']
        : told.flatMap(({ lines }) => lines),
    hints:
      given.yes || losses.length === 0
        ? []
        : ['Nothing was done. Look for newer events first: what is accepted is lost. Then say --yes.'],
    exitStatus: obstacles === 0 ? EXIT_DONE : EXIT_FAULT,
  };
};

export const logAccept = command({
  details: [
    'A workspace whose log ends before what the vault knows of it is stopped (event-store-behind). Restore the',
    'newer events where there are any. Where there are none, this says what is lost, and with --yes accepts it:',
    'the loss is recorded, and the workspace goes on. Keys that were deleted for good are deleted again, leaked',
    'secrets stay banned, keys that no event names are burned, and a sweep destroys their secrets.',
  ],
  operands: {},
  flags: {
    workspace: optional(WORKSPACE, 'this workspace', readWorkspace),
    all: toggle('--all', 'every workspace that lacks something'),
    successor: successorFlag,
    yes: toggle('--yes', 'accept the loss; without it, it is only told'),
  },
  examples: ['keyturn log accept --all', 'keyturn log accept --workspace acme --yes --as support:grace'],
  run: accept,
});
