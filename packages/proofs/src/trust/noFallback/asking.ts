import type { Failure, Keyturn, UseSecret } from '@keyturn/service';
import { isRefusal, ServiceFault } from '@keyturn/service';
import { StoreFault } from '@keyturn/event-store';
import { VaultFault } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import {
  dueToResume,
  dueToStart,
  dueToStartAgain,
  dueToValidate,
  type Due,
  type ModelWorkspace,
} from './model';
import type { SecretRequest } from './steps';
import { contextOf, keyIdOf, requestOf, startRequest } from './world';

/** What came of asking for a key. */
export type Outcome =
  /** A run has its pinned key's id and the secret; a test call has the key that was named, and no secret to show. */
  | { readonly kind: 'released'; readonly keyId: string; readonly text: string | null }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'fault'; readonly code: string; readonly of: 'vault' | 'store' | 'service' }
  | { readonly kind: 'untyped'; readonly what: string };

/** A way to come to a secret, in a workspace. */
export interface Question {
  /** For people: "start by vendor openai in project site". */
  readonly name: string;
  /** The rule, on what the workspace is at the moment of the call. */
  readonly due: () => Due;
  readonly ask: (keyturn: Keyturn) => Promise<Outcome>;
  /** The run that it may leave open, if that is a new one. */
  readonly leaves: string | null;
}

const outcomeOf = async (
  task: TaskEither<Failure, { readonly keyId: string; readonly text: string | null }>,
): Promise<Outcome> => {
  try {
    const result = await task();
    if (E.isRight(result)) return { kind: 'released', ...result.right };
    const failure = result.left;
    if (isRefusal(failure)) {
      return typeof failure.code === 'string' && failure.facts.next.length > 0
        ? { kind: 'refused', code: failure.code }
        : { kind: 'untyped', what: 'a left side that is no refusal' };
    }
    const { code } = failure;
    if (failure instanceof StoreFault) return { kind: 'fault', code, of: 'store' };
    if (failure instanceof VaultFault) return { kind: 'fault', code, of: 'vault' };
    return failure instanceof ServiceFault && code !== 'defect'
      ? { kind: 'fault', code, of: 'service' }
      : { kind: 'untyped', what: `the fault ${code}` };
  } catch (error) {
    return { kind: 'untyped', what: `a thrown ${error instanceof Error ? error.name : typeof error}` };
  }
};

/** The run does what runs do: it calls its vendor with the secret. */
const work =
  (prober: Prober): UseSecret<never, { readonly keyId: string; readonly text: string }> =>
  (secret, { keyId, vendor }) =>
  async () => {
    const text = secret.use((bytes) => Buffer.from(bytes).toString('latin1'));
    await secret.use((bytes) => prober.probe({ vendor, endpoint: null, region: null }, bytes))();
    return E.right({ keyId, text });
  };

export const questionOf = (
  prober: Prober,
  world: ReadonlyArray<ModelWorkspace>,
  workspace: ModelWorkspace,
  secretRequest: SecretRequest,
  newRun: string,
): Question => {
  const context = contextOf(workspace);
  switch (secretRequest.kind) {
    case 'start': {
      const request = requestOf(world, workspace, secretRequest.asked);
      return {
        name: `start ${JSON.stringify(secretRequest.asked)}`,
        due: () => dueToStart(workspace, request),
        ask: (keyturn) =>
          outcomeOf(keyturn.startRunWithSecret(context, startRequest(newRun, request), work(prober))),
        leaves: newRun,
      };
    }
    case 'start-again': {
      const { otherwise } = secretRequest;
      const known = `run-${secretRequest.run}`;
      const isNew = !workspace.runs.has(known) && !workspace.ended.has(known);
      const runId = isNew ? newRun : known;
      const request =
        otherwise === null
          ? (workspace.runs.get(runId)?.request ?? { projectId: null, choice: { kind: 'default' } })
          : requestOf(world, workspace, otherwise);
      return {
        name: `start again ${otherwise === null ? 'with its own request' : JSON.stringify(otherwise)}`,
        due: () => dueToStartAgain(workspace, runId, request),
        ask: (keyturn) =>
          outcomeOf(keyturn.startRunWithSecret(context, startRequest(runId, request), work(prober))),
        leaves: isNew ? newRun : null,
      };
    }
    case 'resume': {
      const runId = `run-${secretRequest.run}`;
      return {
        name: 'resume',
        due: () => dueToResume(workspace, runId),
        ask: (keyturn) => outcomeOf(keyturn.resumeRunWithSecret(context, { runId }, work(prober))),
        leaves: null,
      };
    }
    case 'validate': {
      const { choice } = secretRequest;
      const keyId =
        choice.kind === 'default' || choice.kind === 'vendor'
          ? 'key-never-added'
          : keyIdOf(world, workspace, choice);
      return {
        name: `validate ${JSON.stringify(choice)}`,
        due: () => dueToValidate(workspace, keyId),
        ask: (keyturn) =>
          outcomeOf(async () => {
            const validated = await keyturn.validateKey(context, { keyId })();
            return E.isRight(validated)
              ? E.right({ keyId: validated.right.key.keyId, text: null })
              : validated;
          }),
        leaves: null,
      };
    }
  }
};
