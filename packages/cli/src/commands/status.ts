import type { Health } from 'keyturn';
import { command } from '../command';
import { EXIT_DONE, EXIT_FAULT } from '../exitStatus';
import { table } from '../output/table';
import { deploymentStatus, type DeploymentStatus, type PartStatus } from './deploymentStatus';
import { stateOf, statusJson } from './projections';

const OVERALL: { readonly [S in Health['status']]: string } = {
  ok: 'Everything works.',
  degraded: 'It works, but something needs a person.',
  failing: 'Nothing can be recorded.',
};

const partState = ({ reachable }: PartStatus): string =>
  reachable === null ? 'not looked at' : reachable ? 'works' : 'fails';

/** One line where all stand alike. */
const readModelStates = ({ projections, projectionFault }: DeploymentStatus): ReadonlyArray<string> => {
  if (projectionFault !== null) return ['fail'];
  if (projections.length === 0) return ['not begun'];
  const states = new Set(projections.map(stateOf));
  return states.size === 1 ? [...states] : projections.map((one) => `${one.name}: ${stateOf(one)}`);
};

const rows = (status: DeploymentStatus): ReadonlyArray<ReadonlyArray<string>> => {
  const { sweep, stoppedWorkspaces } = status;
  const counted = (count: (seen: NonNullable<typeof sweep>) => string): string =>
    sweep === null ? 'not looked at' : count(sweep);
  const some = (count: number, of: string, none: string): string => (count === 0 ? none : `${count} ${of}`);
  return [
    ['event store', partState(status.eventStore)],
    ['vault', partState(status.vault)],
    ...readModelStates(status).map((state, place) => [place === 0 ? 'read models' : '', state]),
    [
      'workspaces',
      counted(
        ({ workspaces }) => `${workspaces}, ${some(stoppedWorkspaces.length, 'stopped', 'none stopped')}`,
      ),
    ],
    ['runs', counted(({ overdueRuns }) => some(overdueRuns, 'overdue', 'none overdue'))],
    [
      'deletions',
      counted(({ unconfirmedDestructions: count }) => some(count, 'not confirmed', 'all confirmed')),
    ],
    [
      'sweep',
      counted(({ toRepair, left }) =>
        toRepair === 0 && left.length === 0
          ? 'nothing to repair'
          : `${toRepair} to repair, ${left.length} for a person`,
      ),
    ],
  ];
};

const hints = (status: DeploymentStatus): ReadonlyArray<string> => {
  const { fault, eventStore, vault, projections, projectionFault, sweep, sweepFault } = status;
  return [
    ...new Set([
      ...[fault, eventStore.fault, vault.fault, projectionFault, sweepFault].flatMap((text) => text ?? []),
      ...projections.flatMap(({ name, lastError }) => (lastError === null ? [] : [`${name}: ${lastError}`])),
      // The same damage stops a workspace in each of them.
      ...projections.flatMap(({ stopped }) => stopped.map(({ message }) => message)),
      ...(sweep?.left ?? []).map(({ reason }) => reason),
    ]),
    ...((sweep?.toRepair ?? 0) > 0
      ? ['No service has swept for a while. See what would be repaired: keyturn sweep --dry-run']
      : []),
    ...((sweep?.overdueRuns ?? 0) > 0
      ? ['A service that runs ends overdue runs; where none does: keyturn sweep --expire']
      : []),
  ];
};

export const status = command({
  details: [
    'Looks at event store, vault, read models and every workspace, and changes nothing. Read models that are behind',
    'are no fault: lists bring them up to date. Exit status 3 when something fails or needs a person.',
  ],
  operands: {},
  flags: {},
  examples: ['keyturn status', 'keyturn status --json'],
  run: async (session) => {
    const seen = await deploymentStatus(session);
    return {
      json: { status: { ...seen, projections: seen.projections.map(statusJson) } },
      lines: [...table(['PART', 'STATE'], rows(seen)), OVERALL[seen.status]],
      hints: hints(seen),
      exitStatus: seen.status === 'ok' ? EXIT_DONE : EXIT_FAULT,
    };
  },
});
