import { ActorId, ActorKind, payloads, type KeyringEventType } from '@keyturn/domain';
import type { AuditFilter } from '@keyturn/projections';
import {
  oneOf,
  optional,
  readCase,
  readKey,
  readProject,
  readRun,
  readWorkspace,
  type ValuesOf,
} from '../input/flags';
import { parseInstant } from '../input/instants';
import { UsageError } from '../problems';
import { isWholeKeyId, resolveKnownKey } from '../resolveKey';
import type { Session } from '../session';

const isEventType = (name: string): name is KeyringEventType => name in payloads;
const EVENT_TYPES = Object.keys(payloads).filter(isEventType);

const KEY = '--key <key>';
const RUN = '--run <id>';
const ACTOR = '--actor <actor>';
const ACTION = '--action <event>';
const SINCE = '--since <time>';
const UNTIL = '--until <time>';

type ActorFilter = Pick<AuditFilter, 'actorKind' | 'actorId'>;

const readActor = (given: unknown): ActorFilter => {
  const [, kind, id] = /^(?:([a-z]+):)?([^:]*)$/.exec(String(given)) ?? [];
  if (ActorId.is(id) && (kind === undefined || ActorKind.is(kind))) {
    return kind === undefined ? { actorId: id } : { actorKind: kind, actorId: id };
  }
  throw new UsageError(
    '--actor takes an actor id, or one with its kind, such as user:ada or system:keyturn.',
  );
};

const instantOf = (option: string, dayEnd: 'start' | 'end') => (given: unknown) =>
  parseInstant(option, String(given), dayEnd);

/** The options that choose entries. */
export const auditFilterFlags = {
  workspace: optional('--workspace <id>', 'only of this workspace', readWorkspace),
  key: optional(KEY, 'only about this key (without --workspace: its whole id)', readKey(KEY)),
  run: optional(RUN, 'only about this run', readRun(RUN)),
  project: optional('--project <id>', 'only of this project of the workspace', readProject),
  actor: optional(ACTOR, 'only by this actor: an id, or kind:id', readActor),
  action: optional(ACTION, 'only events of this type, such as KeyHardDeleted', oneOf(ACTION, EVENT_TYPES)),
  case: optional('--case <id>', 'only under this support case', readCase),
  since: optional(
    SINCE,
    'recorded at this time or later (RFC 3339, or a date: its beginning, UTC)',
    instantOf('--since', 'start'),
  ),
  until: optional(
    UNTIL,
    'recorded before this time (RFC 3339, or a date: its end, UTC)',
    instantOf('--until', 'end'),
  ),
} as const;

type Given = ValuesOf<typeof auditFilterFlags>;

const keyOf = async (session: Session, workspace: string | undefined, key: string): Promise<string> => {
  if (workspace !== undefined) return resolveKnownKey(session, workspace, key);
  if (isWholeKeyId(key)) return key;
  throw new UsageError(
    '--key takes the beginning of an id only together with --workspace; alone it takes a whole id.',
  );
};

/** The filter that the options make. @throws UsageError, or the refusals of a KEY that can't be resolved */
export const auditFilterOf = async (session: Session, given: Given): Promise<AuditFilter> => {
  const { workspace, key, run, project, actor, action, case: caseId, since, until } = given;
  if (project !== undefined && workspace === undefined) throw new UsageError('--project needs --workspace.');
  return {
    ...(workspace === undefined ? {} : { workspaceId: workspace }),
    ...(key === undefined ? {} : { keyId: await keyOf(session, workspace, key) }),
    ...(run === undefined ? {} : { runId: run }),
    ...(project === undefined ? {} : { projectId: project }),
    ...(actor ?? {}),
    ...(action === undefined ? {} : { action }),
    ...(caseId === undefined ? {} : { caseId }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
};
