import type { EventStore } from '@keyturn/event-store';
import { isRefusal, type Failure, type Keyturn } from '@keyturn/service';
import type { Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { sameEvents } from './forging';
import type { Written } from './written';
import { contextOf, eventsOf, rowsOf, type Inhabited } from './world';

/** Says of a workspace's events that they are not what was appended. */
const FOUND: ReadonlyArray<string> = [
  'log-damaged',
  'event-store-behind',
  'undecodable-history',
  'witness-differs',
];

const wrongIn = (what: string, workspaceId: string, outcome: E.Either<Failure, unknown>): string | null => {
  if (E.isRight(outcome)) return `${what} went on`;
  const failure = outcome.left;
  if (isRefusal(failure)) return `${what} was decided: ${failure.code}`;
  const { code, message } = failure;
  if (!FOUND.includes(code)) return `${what} came to the fault ${code}, which says nothing of the log`;
  if (!message.includes(workspaceId)) return `${what}: the fault ${code} does not name the workspace`;
  return /\b(revision|event) \d|at its beginning/i.test(message)
    ? null
    : `${what}: the fault ${code} does not name the revision`;
};

/** A judged service, and what it stands on. */
export interface Judged {
  readonly keyturn: Keyturn;
  readonly store: EventStore;
  readonly vault: Vault;
}

/** What is wrong with how a service takes a forged stream. */
export const wrongWithForged = async (
  { keyturn }: Judged,
  { workspaceId, keyId }: Inhabited,
  n: number,
): Promise<ReadonlyArray<string>> => {
  const context = contextOf(workspaceId);
  const handed: string[] = [];
  const use = () => () => {
    handed.push('a secret');
    return Promise.resolve(E.right(undefined));
  };
  const tried: ReadonlyArray<readonly [string, TaskEither<Failure, unknown>]> = [
    ['a run', keyturn.startRun(context, { runId: `f-${n}` })],
    ['a release', keyturn.startRunWithSecret(context, { runId: `f-${n}-secret` }, use)],
    ['a hard delete', keyturn.hardDeleteKey(context, { keyId, caseId: 'C-2' })],
    ['the history', keyturn.history(context)],
  ];
  const wrong: string[] = [];
  for (const [what, task] of tried) {
    const said = wrongIn(what, workspaceId, await task());
    if (said !== null) wrong.push(said);
  }
  return handed.length > 0 ? [...wrong, 'a secret was handed out'] : wrong;
};

/** What is wrong with how a service takes a workspace that nobody touched. */
export const wrongWithHonest = async (
  { keyturn }: Judged,
  { workspaceId, keyId }: Inhabited,
  n: number,
): Promise<ReadonlyArray<string>> => {
  const context = contextOf(workspaceId);
  const started = await keyturn.startRun(context, { runId: `b-${n}` })();
  if (E.isLeft(started)) return [`a run of another workspace came to ${started.left.code}`];
  const finished = await keyturn.finishRun(context, { runId: `b-${n}` })();
  if (E.isLeft(finished)) return [`a run of another workspace ended in ${finished.left.code}`];
  return started.right.keyId === keyId ? [] : ['a run of another workspace got another key'];
};

/** What must not have changed, whatever was tried. */
export interface Before {
  readonly rows: string;
  readonly events: ReadonlyArray<Written>;
}

export const wrongAfter = async (
  { store, vault }: Judged,
  { workspaceId, stream }: Inhabited,
  before: Before,
): Promise<ReadonlyArray<string>> => [
  ...((await rowsOf(vault, workspaceId)) === before.rows ? [] : ['rows of the vault were changed']),
  ...(sameEvents(await eventsOf(store, stream), before.events) ? [] : ['something was appended']),
];
