import {
  auditActions,
  isActorId,
  looksLikeVendorKey,
  type AuditActor,
  type AuditChoice,
  type AuditContext,
  type KeyturnReader,
  type NameInLog,
} from 'keyturn';
import {
  anyOf,
  oneOf,
  optional,
  readCase,
  readKey,
  readLast4,
  readOrigin,
  readProject,
  readRun,
  readWorkspace,
  sinceFlag,
  toggle,
  untilFlag,
  WORKSPACE,
  type ValuesOf,
} from '../input/flags';
import { isWholeKeyId } from '../keyArgument';
import { UsageError } from '../problems';
import type { Session } from '../session';
import { meantWords, repeatable } from './nameWords';

const ACTOR_KINDS = ['user', 'service', 'support', 'system'] as const;

const KEY = '--key <key>';
const RUN = '--run <id>';
const ACTOR = '--actor <actor>';
const ACTION = '--action <event>';

/** What takes a key out of the vault: to begin a run, to go on with one, to test-call its vendor. */
const USES = ['RunKeyPinned', 'RunKeyResumed', 'KeyTestCallStarted'] as const;

const readActor = (given: unknown): AuditActor => {
  const text = String(given);
  const colon = text.indexOf(':');
  const kind = ACTOR_KINDS.find((known) => known === text.slice(0, Math.max(0, colon)));
  // An id may have colons of its own, as those of identity providers do.
  const id = kind === undefined ? text : text.slice(colon + 1);
  if (isActorId(id) && !looksLikeVendorKey(id)) {
    return kind === undefined ? { id } : { kind, id };
  }
  throw new UsageError(
    '--actor takes an actor id, or one with its kind, such as user:ada or system:keyturn.',
  );
};

/** The options that choose entries. */
export const auditFilterFlags = {
  workspace: anyOf(WORKSPACE, 'only of this workspace', readWorkspace),
  key: anyOf(KEY, 'only about this key (without one --workspace: its whole id)', readKey(KEY)),
  last4: anyOf('--last4 <ending>', 'only about keys that end so', readLast4),
  run: optional(RUN, 'only about this run', readRun(RUN)),
  project: optional('--project <id>', 'only of this project of the workspace', readProject),
  actor: anyOf(ACTOR, 'only by this actor: an id, or kind:id', readActor),
  action: anyOf(ACTION, 'only events of this type, such as KeyHardDeleted', oneOf(ACTION, auditActions)),
  uses: toggle('--uses', 'only uses of keys: runs begun and resumed, test calls'),
  case: optional('--case <id>', 'only what came about under this support case', readCase),
  origin: optional('--origin <ref>', 'only from this origin, such as login-ada_host-db1', readOrigin),
  since: sinceFlag('at this time or later'),
  until: untilFlag('before this time'),
} as const;

type Given = ValuesOf<typeof auditFilterFlags>;

/** What to ask a reader for. */
export interface AuditQuestion {
  readonly context: AuditContext;
  readonly filter: AuditChoice;
  /** What was named that nothing is known of: "none" would pass for an answer. */
  readonly unknown: ReadonlyArray<string>;
}

const keyOf = async (
  { keys }: KeyturnReader,
  session: Session,
  workspaces: ReadonlyArray<string>,
  key: string,
): Promise<string> => {
  const [only, ...others] = workspaces;
  if (only !== undefined && others.length === 0) {
    return (await keys.resolve(session.asReader(only), key)).keyId;
  }
  if (isWholeKeyId(key)) return key;
  throw new UsageError(
    '--key takes the beginning of an id only together with one --workspace; else it takes a whole id.',
  );
};

/** A name that was given, what to ask for it alone, and which one was probably meant where no event names it. */
interface GivenName {
  readonly what: string;
  readonly choice: AuditChoice;
  readonly meant: (audit: KeyturnReader['audit'], context: AuditContext) => Promise<string | null>;
}

const near =
  (kind: NameInLog, named: string): GivenName['meant'] =>
  (audit, context) =>
    audit.nearest(context, kind, named);

/** Of another kind, or of another id. */
const nearActor =
  ({ kind, id }: AuditActor): GivenName['meant'] =>
  async (audit, context) => {
    const [same] = kind === undefined ? [] : (await audit.count(context, 'actor', { actor: { id } })).counts;
    return same === undefined ? near('actor', id)(audit, context) : `${same.actorKind}:${same.actorId}`;
  };

/** Each name that was given but a workspace's. */
const namesOf = ({
  last4 = [],
  run,
  project,
  actor = [],
  case: caseId,
  origin,
}: Given): ReadonlyArray<GivenName> => {
  const ids = [
    ['run', 'runId', run],
    ['project', 'projectId', project],
    ['case', 'caseId', caseId],
    ['origin', 'originRef', origin],
  ] as const;
  return [
    ...last4.map((ending): GivenName => ({
      what: `a key that ends in …${ending}`,
      choice: { last4: ending },
      meant: () => Promise.resolve(null),
    })),
    ...actor.map((by): GivenName => ({
      what: `actor ${by.kind === undefined ? '' : `${by.kind}:`}${by.id}`,
      choice: { actor: by },
      meant: nearActor(by),
    })),
    ...ids.flatMap(([what, kind, name]): ReadonlyArray<GivenName> =>
      name === undefined
        ? []
        : [{ what: `${what} ${repeatable(name)}`, choice: { [kind]: name }, meant: near(kind, name) }],
    ),
  ];
};

/** ` in workspace acme`: an event of another workspace may name it. */
const whereWords = (workspaces: ReadonlyArray<string>): string =>
  workspaces.length === 0
    ? ''
    : ` in ${workspaces.length === 1 ? 'workspace' : 'workspaces'} ${workspaces.join(', ')}`;

/** What was named that no event names. A name that was mistyped would answer as if nothing had happened. */
const unknownNames = async (
  { audit, workspaces }: KeyturnReader,
  context: AuditContext,
  given: Given,
): Promise<ReadonlyArray<string>> => {
  const unknown: string[] = [];
  const isUnknown = async (where: AuditContext, choice: AuditChoice): Promise<boolean> =>
    (await audit.page(where, { ...choice, limit: 1 })).entries.length === 0;
  for (const workspaceId of given.workspace ?? []) {
    if (!(await isUnknown({ ...context, workspaceId }, {}))) continue;
    const nearest = await workspaces.nearest(context, workspaceId).catch(() => null);
    unknown.push(`No event names workspace ${workspaceId}.${meantWords(nearest)}`);
  }
  for (const { what, choice, meant } of namesOf(given)) {
    if (!(await isUnknown(context, choice))) continue;
    const nearest = await meant(audit, context);
    unknown.push(`No event names ${what}${whereWords(given.workspace ?? [])}.${meantWords(nearest)}`);
  }
  return unknown;
};

/** The question that the options make. @throws UsageError, or the refusals of a KEY that can't be resolved */
export const auditQuestionOf = async (
  reader: KeyturnReader,
  session: Session,
  given: Given,
): Promise<AuditQuestion> => {
  const {
    workspace,
    key,
    last4,
    run,
    project,
    actor,
    action,
    uses,
    case: caseId,
    origin,
    since,
    until,
  } = given;
  if (project !== undefined && workspace === undefined) throw new UsageError('--project needs --workspace.');
  if (since !== undefined && until !== undefined && since >= until) {
    throw new UsageError('--since is not before --until: no entry can match. Turn them round.');
  }
  const keyIds: string[] = [];
  for (const named of key ?? []) keyIds.push(await keyOf(reader, session, workspace ?? [], named));
  const actions = [...(action ?? []), ...(uses ? USES : [])];
  const context = {
    ...session.asReaderOfAll(),
    ...(workspace === undefined ? {} : { workspaceId: workspace }),
  };
  return {
    context,
    unknown: await unknownNames(reader, context, given),
    filter: {
      ...(key === undefined ? {} : { keyId: keyIds }),
      ...(last4 === undefined ? {} : { last4 }),
      ...(run === undefined ? {} : { runId: run }),
      ...(project === undefined ? {} : { projectId: project }),
      ...(actor === undefined ? {} : { actor }),
      ...(actions.length === 0 ? {} : { action: actions }),
      ...(caseId === undefined ? {} : { caseId }),
      ...(origin === undefined ? {} : { originRef: origin }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    },
  };
};
