import {
  isKeyturnError,
  type FaultPart,
  type Health,
  type Keyturn,
  type KeyturnFault,
  type PendingFinding,
  type ProjectionStatus,
  type SweepReport,
} from 'keyturn';
import { HOUSEKEEPER } from '../actor';
import type { Session } from '../session';
import { isFault } from './sweep';

/** A part that was looked at; null where what comes before it failed. */
export interface PartStatus {
  readonly reachable: boolean | null;
  readonly fault: string | null;
}

/** What a sweep would find now. */
interface SweepStatus {
  readonly workspaces: number;
  readonly toRepair: number;
  /** What a person has to look at. */
  readonly left: ReadonlyArray<PendingFinding>;
  readonly overdueRuns: number;
  readonly unconfirmedDestructions: number;
}

/** How a deployment is. */
export interface DeploymentStatus {
  readonly status: Health['status'];
  readonly eventStore: PartStatus;
  readonly vault: PartStatus;
  /** Why the two are not opened together; null where they are. */
  readonly fault: string | null;
  readonly projections: ReadonlyArray<ProjectionStatus>;
  readonly projectionFault: string | null;
  readonly stoppedWorkspaces: ReadonlyArray<string>;
  /** Null where nothing could be looked into. */
  readonly sweep: SweepStatus | null;
  readonly sweepFault: string | null;
}

const NOT_LOOKED_AT: PartStatus = { reachable: null, fault: null };
const REACHED: PartStatus = { reachable: true, fault: null };

/** What is broken in a part, and not in how the deployment was named. */
const brokenPart = (error: unknown): KeyturnFault => {
  if (isKeyturnError(error) && error.kind === 'fault' && error.facts.part !== 'set-up') return error;
  throw error;
};

const attempted = async <A>(
  work: () => Promise<A>,
): Promise<{ readonly result: A | null; readonly fault: string | null }> => {
  try {
    return { result: await work(), fault: null };
  } catch (error) {
    return { result: null, fault: brokenPart(error).message };
  }
};

const sweepStatus = ({ workspaces, repairs, pending }: SweepReport): SweepStatus => {
  const found = [...repairs, ...pending];
  const count = (kind: PendingFinding['kind']): number => found.filter((one) => one.kind === kind).length;
  return {
    workspaces,
    toRepair: repairs.length,
    left: pending.filter(isFault),
    overdueRuns: count('lapsed-run'),
    unconfirmedDestructions: count('undestroyed-secret'),
  };
};

/** Opened parts: the vault comes after the event store, and both before what is made of them. */
const notOpened = async (session: Session, { message, facts }: KeyturnFault): Promise<DeploymentStatus> => {
  const fails = { reachable: false, fault: message };
  const parts: Partial<Record<FaultPart, Pick<DeploymentStatus, 'eventStore' | 'vault'>>> = {
    'event-store': { eventStore: fails, vault: NOT_LOOKED_AT },
    vault: { eventStore: REACHED, vault: fails },
  };
  const { eventStore, vault } = parts[facts.part] ?? { eventStore: REACHED, vault: REACHED };
  const { result, fault } =
    eventStore.reachable === true
      ? await attempted(async () => (await session.reader()).projections.status())
      : { result: null, fault: null };
  const projections = result ?? [];
  return {
    status: 'failing',
    eventStore,
    vault,
    fault: message,
    projections,
    projectionFault: fault,
    stoppedWorkspaces: stoppedIn(projections, []),
    sweep: null,
    sweepFault: null,
  };
};

const stoppedIn = (
  projections: ReadonlyArray<ProjectionStatus>,
  left: ReadonlyArray<PendingFinding>,
): ReadonlyArray<string> => [
  ...new Set([
    ...projections.flatMap(({ stopped }) => stopped.map(({ workspaceId }) => workspaceId)),
    ...left.filter(({ kind }) => kind === 'workspace').map(({ workspaceId }) => workspaceId),
  ]),
];

/** Looks at every part, and writes nothing. */
export const deploymentStatus = async (session: Session): Promise<DeploymentStatus> => {
  let keyturn: Keyturn;
  try {
    keyturn = await session.keyturnForDryRuns();
  } catch (error) {
    return await notOpened(session, brokenPart(error));
  }
  const { status, eventStore, vault, projections, projectionFault } = await keyturn.health();
  const looking = (): Promise<SweepReport> =>
    keyturn.housekeeping.sweep({ actor: HOUSEKEEPER, dryRun: true });
  const looked =
    status === 'failing'
      ? { result: null, fault: null }
      : await attempted(() => session.showing('Looking into workspaces', looking));
  const sweep = looked.result === null ? null : sweepStatus(looked.result);
  const stoppedWorkspaces = stoppedIn(projections, sweep?.left ?? []);
  const troubled =
    looked.fault !== null ||
    stoppedWorkspaces.length > 0 ||
    (sweep !== null && (sweep.toRepair > 0 || sweep.left.length > 0 || sweep.unconfirmedDestructions > 0));
  return {
    status: status === 'ok' && troubled ? 'degraded' : status,
    eventStore,
    vault,
    fault: null,
    projections,
    projectionFault,
    stoppedWorkspaces,
    sweep,
    sweepFault: looked.fault,
  };
};
