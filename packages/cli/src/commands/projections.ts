import type { ProjectionName, ProjectionStatus } from 'keyturn';
import { command } from '../command';
import { oneOf, required } from '../input/flags';
import { logWords } from '../output/logWords';
import { rebuildProgress } from '../output/rebuildProgress';
import { table } from '../output/table';
import { isoOf, readableTime } from '../output/times';

const TABLE: { readonly [N in ProjectionName]: true } = {
  'key-list': true,
  'run-usage': true,
  'audit-log': true,
};
const isProjection = (name: string): name is ProjectionName => Object.hasOwn(TABLE, name);
const NAMES = Object.keys(TABLE).filter(isProjection);

/** A read model as documents have it. */
export const statusJson = (status: ProjectionStatus): object => ({
  name: status.name,
  version: status.version,
  position: status.position,
  head: status.head,
  lag: status.lag,
  events: status.events,
  updatedAt: isoOf(status.updatedAt),
  stopped: status.stopped,
  workspaces: status.workspaces,
  sealedWorkspaces: status.sealedWorkspaces,
  lastError: status.lastError,
  outdated: status.outdated,
  rebuild: status.rebuild,
});

const sealsOf = (all: ReadonlyArray<ProjectionStatus>): ReadonlyArray<string> => {
  const [first] = all;
  if (first === undefined || first.workspaces === 0) return [];
  const fewest = Math.min(...all.map(({ sealedWorkspaces }) => sealedWorkspaces));
  const { workspaces } = first;
  return logWords({ of: 'all', workspaces, sealedWorkspaces: fewest, stopped: [] });
};

/** How far a read model is, in words. */
export const stateOf = ({ lag, lastError, outdated, rebuild, stopped }: ProjectionStatus): string => {
  if (rebuild !== null) return 'being rebuilt';
  if (lastError !== null) return 'stopped';
  if (stopped.length > 0) return `${stopped.length} workspace${stopped.length === 1 ? '' : 's'} stopped`;
  if (outdated) return 'of an older release';
  return lag === '0' ? 'up to date' : `${lag} behind`;
};

export const projectionsStatus = command({
  details: [
    'Lists bring the read models up to date by themselves: one that is behind is no fault.',
    'One of an older release is rebuilt in the same way.',
  ],
  operands: {},
  flags: {},
  examples: ['keyturn projections status', 'keyturn projections status --json'],
  run: async (session) => {
    const all = await (await session.reader()).projections.status();
    return {
      json: { projections: all.map(statusJson) },
      lines: table(
        ['NAME', 'STATE', 'EVENTS', 'POSITION', 'HEAD', 'VERSION', 'MOVED'],
        all.map((status) => [
          status.name,
          stateOf(status),
          String(status.events),
          status.position ?? '–',
          status.head ?? '–',
          String(status.version),
          readableTime(status.updatedAt),
        ]),
      ),
      hints: [
        ...all.flatMap(({ name, lastError }) => (lastError === null ? [] : [`${name}: ${lastError}`])),
        // The same damage stops a workspace in each of them.
        ...new Set(all.flatMap(({ stopped }) => stopped.map(({ message }) => message))),
        ...sealsOf(all),
      ],
    };
  },
});

export const projectionsRebuild = command({
  details: ['The old one goes on answering until then. A rebuild that was cut off is taken up.'],
  operands: { name: required('NAME', NAMES.join(', '), oneOf('NAME', NAMES)) },
  flags: {},
  examples: ['keyturn projections rebuild audit-log'],
  run: async (session, { name }) => {
    const { projections } = await session.reader();
    const progress = await rebuildProgress(session.io.stderr, name);
    try {
      await projections.rebuild(name, { onProgress: progress.report });
    } finally {
      progress.end();
    }
    const events = progress.events();
    return { json: { name, events }, lines: [`${name} is rebuilt from ${events} events.`] };
  },
});
