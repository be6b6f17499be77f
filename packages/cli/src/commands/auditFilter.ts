import {
  auditActions,
  isActorId,
  type AuditActor,
  type AuditQuery,
  type KeyturnReader,
  type ReaderContext,
} from 'keyturn';
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
import { isWholeKeyId } from '../keyArgument';
import { UsageError } from '../problems';
import type { Session } from '../session';

const ACTOR_KINDS = ['user', 'service', 'support', 'system'] as const;

const KEY = '--key <key>';
const RUN = '--run <id>';
const ACTOR = '--actor <actor>';
const ACTION = '--action <event>';
const SINCE = '--since <time>';
const UNTIL = '--until <time>';

type AuditFilter = Omit<AuditQuery, 'order' | 'limit' | 'cursor'>;

const readActor = (given: unknown): AuditActor => {
  const [, named, id] = /^(?:([a-z]+):)?([^:]*)$/.exec(String(given)) ?? [];
  const kind = ACTOR_KINDS.find((known) => known === named);
  if (isActorId(id) && (kind !== undefined || named === undefined)) {
    return kind === undefined ? { id } : { kind, id };
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
  action: optional(ACTION, 'only events of this type, such as KeyHardDeleted', oneOf(ACTION, auditActions)),
  case: optional('--case <id>', 'only under this support case', readCase),
  since: optional(
    SINCE,
    'at this time or later (RFC 3339, or a date: its beginning, UTC)',
    instantOf('--since', 'start'),
  ),
  until: optional(UNTIL, 'before this time (RFC 3339, or a date: its end, UTC)', instantOf('--until', 'end')),
} as const;

type Given = ValuesOf<typeof auditFilterFlags>;

/** What to ask a reader for. */
export interface AuditQuestion {
  readonly context: ReaderContext;
  readonly filter: AuditFilter;
}

const keyOf = async (
  { keys }: KeyturnReader,
  session: Session,
  workspace: string | undefined,
  key: string,
): Promise<string> => {
  if (workspace !== undefined) return (await keys.resolve(session.asReader(workspace), key)).keyId;
  if (isWholeKeyId(key)) return key;
  throw new UsageError(
    '--key takes the beginning of an id only together with --workspace; alone it takes a whole id.',
  );
};

/** The question that the options make. @throws UsageError, or the refusals of a KEY that can't be resolved */
export const auditQuestionOf = async (
  reader: KeyturnReader,
  session: Session,
  given: Given,
): Promise<AuditQuestion> => {
  const { workspace, key, run, project, actor, action, case: caseId, since, until } = given;
  if (project !== undefined && workspace === undefined) throw new UsageError('--project needs --workspace.');
  if (since !== undefined && until !== undefined && since >= until) {
    throw new UsageError('--since is not before --until: no entry can match. Turn them round.');
  }
  return {
    context: workspace === undefined ? session.asReaderOfAll() : session.asReader(workspace),
    filter: {
      ...(key === undefined ? {} : { keyId: await keyOf(reader, session, workspace, key) }),
      ...(run === undefined ? {} : { runId: run }),
      ...(project === undefined ? {} : { projectId: project }),
      ...(actor === undefined ? {} : { actor }),
      ...(action === undefined ? {} : { action }),
      ...(caseId === undefined ? {} : { caseId }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    },
  };
};
