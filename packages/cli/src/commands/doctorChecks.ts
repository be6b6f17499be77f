import { isKeyturnError, type KeyturnReader, type VendorTrouble } from 'keyturn';
import type { Session } from '../session';
import { version } from '../version';
import { brokenDefaultHints, brokenDefaultsOf } from './brokenDefaults';
import type { DeploymentStatus } from './deploymentStatus';
import { faultHints } from './knownKeyWords';
import { stateOf } from './projections';

/** One thing that was looked at. */
export interface Check {
  readonly check: string;
  readonly ok: boolean;
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do; empty where it is ok. */
  readonly next: ReadonlyArray<string>;
}

const check = (name: string, found: string, next: ReadonlyArray<string> = []): Check => ({
  check: name,
  ok: next.length === 0,
  found,
  next,
});

const OLDEST_NODE = [20, 19] as const;
const NEWEST_NODE = 26;

export const versions = (node: string): Check => {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const tooOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const advice = tooOld
    ? ['Keyturn needs Node.js 20.19 or newer: upgrade it.']
    : major > NEWEST_NODE
      ? [`Keyturn was tried on Node.js 20.19 to ${NEWEST_NODE}: use one of those where something fails.`]
      : [];
  return check('versions', `keyturn ${version}, Node.js ${node}`, advice);
};

const ORIGIN = /^https?:\/\/[^/?#@\\\s]+\/?$/i;

/**
 * An override is the operator's own choice: it is told of, and is no fault. One that can't be taken is not repeated: it
 * may hold a password, or be a key in the wrong place.
 *
 * @param vendors - those that are known
 */
export const configuration = ({ settings }: Session, vendors: ReadonlyArray<string>): Check => {
  const overrides = Object.entries(settings.vendorAccess.endpointOverrides ?? {});
  const taken = overrides.filter(([vendor, origin]) => vendors.includes(vendor) && ORIGIN.test(origin));
  const told = taken.map(([vendor, origin]) => `test calls of ${vendor} go to ${origin}`);
  return check('configuration', told.length === 0 ? 'as usual' : told.join('; '), [
    ...settings.warnings,
    ...(taken.length === overrides.length
      ? []
      : [
          'Each KEYTURN_ENDPOINT_… names a vendor that is known, and is http(s)://host[:port]: mend those that do not.',
        ]),
  ]);
};

export const fileModes = (loose: ReadonlyArray<string>): Check =>
  check('file modes', loose.length === 0 ? "their owner's alone" : `${loose.length} to mend`, loose);

/** What comes of the parts themselves. */
export const parts = (status: DeploymentStatus): ReadonlyArray<Check> => {
  const { eventStore, vault, fault, projections, projectionFault, sweep, sweepFault } = status;
  const part = (name: string, { reachable, fault: of }: DeploymentStatus['vault']): Check =>
    reachable === null
      ? check(name, 'not looked at', [`Mend what comes before it, then look at the ${name} again.`])
      : check(name, reachable ? 'works' : 'fails', of === null ? [] : [of]);
  const outdated = projections.filter((one) => one.outdated && one.rebuild === null).map(({ name }) => name);
  const errors = [
    ...projections.flatMap(({ name, lastError }) => (lastError === null ? [] : [`${name}: ${lastError}`])),
    ...new Set(projections.flatMap(({ stopped }) => stopped.map(({ message }) => message))),
    ...(projectionFault === null ? [] : [projectionFault]),
  ];
  const states = [...new Set(projections.map(stateOf))];
  return [
    part('event store', eventStore),
    part('vault', vault),
    check(
      'schema',
      outdated.length > 0 ? `${outdated.join(', ')} of an older release` : 'of this release',
      fault === null
        ? outdated.map((name) => `A list rebuilds it by itself, or now: keyturn projections rebuild ${name}`)
        : [fault],
    ),
    check('read models', states.length === 0 ? 'not begun' : states.join('; '), errors),
    sweep === null
      ? check('sweep', 'not looked at', [sweepFault ?? 'Mend what comes before it, then look again.'])
      : check('sweep', `${sweep.toRepair} to repair, ${sweep.left.length} for a person`, [
          ...(sweep.toRepair > 0 ? ['See what would be repaired: keyturn sweep --dry-run'] : []),
          ...(sweep.overdueRuns > 0
            ? ['Where no service runs, end overdue runs: keyturn sweep --expire']
            : []),
          ...new Set(sweep.left.map(({ reason }) => reason)),
        ]),
  ];
};

const APART_MS = 5 * 60_000;
const NEWEST = 50;

const clocks = async (reader: KeyturnReader, session: Session): Promise<Check> => {
  const { entries, clocksInDoubt } = await reader.audit.page(session.asReaderOfAll(), { limit: NEWEST });
  const behind = (entries[0]?.recordedAt ?? 0) - Date.now() > APART_MS;
  return check('clocks', clocksInDoubt || behind ? 'disagree' : 'agree', [
    ...(behind
      ? ['The event store recorded something in the future of this machine: set its clock right.']
      : []),
    ...(clocksInDoubt
      ? [
          'Times of the newest entries are over five minutes apart: set the clocks of services and event store right.',
        ]
      : []),
  ]);
};

const vendorWords = ({ vendor, called, troubled }: VendorTrouble): string =>
  `${vendor}: ${troubled} of ${called} ${called === 1 ? 'workspace' : 'workspaces'} in trouble`;

const WIDE: { readonly [F in VendorTrouble['fault']]: string | null } = {
  'this-key': null,
  'vendor-wide': "The vendor's own trouble: look at its status page, and wait",
  'platform-side':
    'More likely on this side: look at the network, the proxy, the region, the models and the clocks',
};

const vendors = async (reader: KeyturnReader, session: Session): Promise<Check> => {
  const troubles = await reader.vendors.troubles(session.asReaderOfAll());
  const found = troubles.filter(({ troubled }) => troubled > 0).map(vendorWords);
  const none =
    troubles.length === 0 ? 'none called in the last 15 minutes' : 'no trouble in the last 15 minutes';
  return check(
    'vendors',
    found.length === 0 ? none : found.join('; '),
    troubles.flatMap(({ vendor, fault }) => {
      const advice = WIDE[fault];
      return advice === null ? [] : [`${vendor}: ${advice}.`];
    }),
  );
};

const keysOf = async (reader: KeyturnReader, session: Session, workspace: string): Promise<Check> => {
  const context = session.asReader(workspace);
  const keys = await reader.keys.list(context);
  if (keys.length === 0) await reader.workspaces.get(context);
  const failed = keys.filter(({ status }) => status === 'failed');
  return check(`keys of ${workspace}`, `${keys.length} listed, ${failed.length} failed`, [
    ...failed.map(({ display, keyId, failureReason }) =>
      failureReason === 'leaked'
        ? `${display}: keyturn keys hard-delete ${keyId} --workspace ${workspace} --case CASE`
        : `${display}: keyturn keys validate ${keyId} --workspace ${workspace}`,
    ),
    ...faultHints(keys),
    ...brokenDefaultHints(workspace, brokenDefaultsOf(keys)),
  ]);
};

/** What is read off the read models, which are brought up to date as for a list. */
export const readings = async (
  session: Session,
  workspace: string | undefined,
): Promise<ReadonlyArray<Check>> => {
  const reader = await session.reader();
  const looked = async (name: string, look: () => Promise<Check>): Promise<Check> => {
    try {
      return await look();
    } catch (error) {
      if (!isKeyturnError(error) || error.kind === 'refusal') throw error;
      return check(name, 'could not be read', [error.message]);
    }
  };
  return [
    await looked('clocks', () => clocks(reader, session)),
    await looked('vendors', () => vendors(reader, session)),
    ...(workspace === undefined
      ? []
      : [await looked(`keys of ${workspace}`, () => keysOf(reader, session, workspace))]),
  ];
};
