import type { KeyId, ValidationOutcome } from '@keyturn/domain';
import type { SecretFingerprints, SecretSealing } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { withAddCommand, type AddCommandParts, type AddKey, type AddKeyRequest } from './addKeyCommand';
import { unlessCancelled } from './cancellation';
import type { Handled } from './commandHandler';
import type { CallContext } from './context';
import { isRefusal, type Failure } from './failure';
import { brokenDefaults, type BrokenDefault } from './brokenDefaults';
import { keySummary, type KeySummary, type Speaking } from './keySummary';
import type { Witnesses } from './log/witnesses';
import type { Witness } from './pairing';
import type { CheckedPaste } from './pasteCheck';
import type { RateLimit } from './rateLimit';
import { nextOf } from './systemCommand';
import { recordedOutcomes, recordOutcome, testCall, type TestCallParts } from './validation';
import { writeResultOf, type WriteResult } from './writeResult';

export interface KeyAddition extends WriteResult {
  readonly key: KeySummary;
  /** True when nothing was on file before: the key is Default at once. */
  readonly becameDefault: boolean;
  /** True when no event named the workspace before: its name may be mistyped. */
  readonly newWorkspace: boolean;
  /**
   * What the test call came to. Null when that is not recorded: the store or the process failed in between, or another
   * call with the same command id is still at it. The key is on file all the same; validate it.
   */
  readonly validation: ValidationOutcome | null;
  /** A sentence when the key does not look as this vendor's usually do; else null. */
  readonly formatWarning: string | null;
  /** Defaults of the workspace that no run gets. None of them is replaced by itself. */
  readonly brokenDefaults: ReadonlyArray<BrokenDefault>;
}

/** How far an added key has come. */
interface Progress {
  readonly latest: Handled;
  readonly validation: ValidationOutcome | null;
}

const addedKeyId = ({ events }: Handled): KeyId | null =>
  events.flatMap(({ event }) => (event.type === 'KeyAdded' ? [event.data.keyId] : []))[0] ?? null;

export interface AddKeyParts extends AddCommandParts, TestCallParts, Speaking {
  readonly clock: () => number;
  readonly vault: SecretFingerprints & SecretSealing;
  readonly witnesses: Pick<Witnesses, 'told'>;
  readonly prober: TestCallParts['prober'];
  readonly rateLimit: Pick<RateLimit, 'take'>;
  readonly witness: Witness;
}

export const makeAddKey = (parts: AddKeyParts) => {
  const { clock, handler, log, vault, rateLimit, witness, witnesses } = parts;

  /** Removes a row that no event names and none will; one that can't be removed now is an orphan for a sweep. */
  const discard = async ({ actor, workspaceId, body: { keyId } }: AddKey): Promise<void> => {
    const discarded = await vault.discard({ workspaceId, keyId })();
    if (E.isRight(discarded)) return;
    log.warn({ actor, workspaceId, keyId, fault: discarded.left.code }, 'row of a refused add not removed');
  };

  /** A vault that could not be told now is told by the next add or sweep. */
  const tellVault = async (
    { actor, workspaceId, body: { keyId } }: AddKey,
    { position }: Handled,
  ): Promise<void> => {
    const told = await witness({ workspaceId, keyId }, position)();
    if (E.isRight(told)) return;
    log.warn(
      { actor, workspaceId, keyId, fault: told.left.code },
      'vault not told that the log names the key',
    );
  };

  /** Seals first and appends after: a kill in between leaves a row that no event names, which a sweep removes. */
  const sealAndAppend = async (
    command: AddKey,
    { secret }: CheckedPaste,
    signal: AbortSignal | undefined,
  ): Promise<E.Either<Failure, Handled>> => {
    const { workspaceId } = command;
    const { keyId, vendor, endpoint, fingerprint } = command.body;
    const sealed = await vault.seal({ workspaceId, keyId, vendor, endpoint, fingerprint }, secret)();
    if (E.isLeft(sealed)) return sealed;
    witnesses.told(workspaceId, sealed.right);
    const cancelled = unlessCancelled(signal);
    if (E.isLeft(cancelled)) {
      await discard(command);
      return cancelled;
    }
    const handled = await handler.handle(command)();
    if (E.isRight(handled)) {
      await (addedKeyId(handled.right) === keyId ? tellVault(command, handled.right) : discard(command));
    } else if (isRefusal(handled.left)) {
      // Only a refusal, or another attempt's key, says for certain that no event names the row.
      await discard(command);
    }
    return handled;
  };

  const firstTestCall = async (
    command: AddKey,
    added: Handled,
    { secret }: CheckedPaste,
    signal: AbortSignal | undefined,
  ): Promise<Progress> => {
    const { keyId } = command.body;
    // The key is on file whatever becomes of its test call: the handler logs why there is no outcome.
    const unknown: Progress = { latest: added, validation: null };
    const started = await handler.handle(
      nextOf(command, clock(), { type: 'StartTestCall', keyId, purpose: 'add' }),
    )();
    if (E.isLeft(started)) return unknown;
    const validation = await testCall(parts, command, command.body, secret, signal)();
    const recorded = await recordOutcome(parts, command, keyId, validation)();
    return E.isLeft(recorded) ? unknown : { latest: recorded.right, validation };
  };

  const progressOf = async (
    command: AddKey,
    added: Handled,
    keyId: KeyId,
    paste: CheckedPaste,
    signal: AbortSignal | undefined,
  ): Promise<E.Either<Failure, Progress>> => {
    if (keyId === command.body.keyId) return E.right(await firstTestCall(command, added, paste, signal));
    // A retry of a command handled before: the test call was that attempt's.
    const outcomes = await recordedOutcomes(parts, command, added)();
    return E.isLeft(outcomes) ? outcomes : E.right({ latest: added, validation: outcomes.right[0] ?? null });
  };

  const addAndTest = async (
    command: AddKey,
    paste: CheckedPaste,
    signal: AbortSignal | undefined,
  ): Promise<E.Either<Failure, KeyAddition>> => {
    const added = await sealAndAppend(command, paste, signal);
    if (E.isLeft(added)) return added;
    const keyId = addedKeyId(added.right) ?? command.body.keyId;
    const progress = await progressOf(command, added.right, keyId, paste, signal);
    if (E.isLeft(progress)) return progress;
    const { latest, validation } = progress.right;
    const key = keySummary(parts, latest.keyring, keyId);
    if (E.isLeft(key)) return key;
    return E.right({
      key: key.right,
      becameDefault: added.right.events.some(({ event }) => event.type === 'DefaultChanged'),
      newWorkspace: added.right.revision === added.right.events.length - 1,
      validation,
      formatWarning: paste.formatWarning,
      brokenDefaults: brokenDefaults(parts, latest.keyring),
      ...writeResultOf(latest),
    });
  };

  /**
   * Checks the paste, seals the secret, records the key and test-calls it. The key is `active`, `failed` or still
   * `pending` after that, as the outcome says.
   *
   * Refuses a paste for what it holds (`paste-…`), `unknown-vendor`, `text-contains-secret`, `rate-limited`, and what
   * AddKey refuses: `key-already-on-file`, `fingerprint-leaked`, `key-limit-reached`; `key-id-used` when the same
   * secret was being destroyed at that moment (paste it again).
   */
  return (context: CallContext, request: AddKeyRequest): TaskEither<Failure, KeyAddition> =>
    withAddCommand(parts, context, request, rateLimit.take, addAndTest);
};
