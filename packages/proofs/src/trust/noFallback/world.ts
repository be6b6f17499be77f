import type { Failure } from '@keyturn/service';
import { isRefusal } from '@keyturn/service';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Choice, ModelKey, ModelWorkspace, Request } from './model';
import type { AskedChoice, AskedRun } from './steps';

/** What was promised and what was seen. Never has anything of a secret. */
export class Violation extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Violation';
  }
}

export const newWorkspace = (workspaceId: string): ModelWorkspace => ({
  workspaceId,
  keys: [],
  workspaceDefault: null,
  projectDefaults: new Map(),
  runs: new Map(),
  ended: new Set(),
});

/** The nth, counted round; null when there is none. */
export const nth = <A>(all: ReadonlyArray<A>, n: number): A | null =>
  all[n % Math.max(1, all.length)] ?? null;

export const contextOf = ({ workspaceId }: ModelWorkspace) =>
  ({ workspaceId, actor: { kind: 'user', id: 'ada' } }) as const;

/** The id that a request names: a key of the workspace itself, of another one, or of none. */
export const keyIdOf = (
  world: ReadonlyArray<ModelWorkspace>,
  workspace: ModelWorkspace,
  choice: Extract<AskedChoice, { readonly kind: 'key' | 'key-of-another-workspace' | 'key-never-added' }>,
): string => {
  if (choice.kind === 'key-never-added') return 'key-never-added';
  const keys =
    choice.kind === 'key'
      ? workspace.keys
      : world.filter((other) => other !== workspace).flatMap((other) => other.keys);
  return nth<ModelKey>(keys, choice.key)?.keyId ?? 'key-never-added';
};

export const requestOf = (
  world: ReadonlyArray<ModelWorkspace>,
  workspace: ModelWorkspace,
  { project, choice }: AskedRun,
): Request => {
  const choices = (): Choice =>
    choice.kind === 'default' || choice.kind === 'vendor'
      ? choice
      : { kind: 'key', keyId: keyIdOf(world, workspace, choice) };
  return { projectId: project, choice: choices() };
};

/** A request as the service takes it. */
export const startRequest = (runId: string, { projectId, choice }: Request) => ({
  runId,
  choice,
  ...(projectId === null ? {} : { projectId }),
});

/** Runs what nothing is broken for: a refusal is an answer, a fault is not. */
export const unbroken = async <A>(what: string, task: TaskEither<Failure, A>): Promise<A | null> => {
  for (let attempt = 1; ; attempt += 1) {
    const result = await task();
    if (E.isRight(result)) return result.right;
    if (isRefusal(result.left)) return null;
    if (attempt === 5) throw new Violation(`${what}: fault ${result.left.code}, with nothing broken`);
  }
};
