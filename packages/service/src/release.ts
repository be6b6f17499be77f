import { setTimeout as delay } from 'node:timers/promises';
import {
  refuse,
  runInterrupted,
  suspendedKey,
  type Command,
  type EnvelopedEvent,
  type KeyEntry,
  type KeyId,
  type Refusal,
  type RunId,
} from '@keyturn/domain';
import type { KeyBinding, ReleaseGate, Secret, SecretOpening, VaultFault } from '@keyturn/vault';
import * as Either from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { unlessCancelled } from './cancellation';
import type { LogEntry } from './batchOutcome';
import type { CommandHandler, Handled } from './commandHandler';
import type { Sent } from './context';
import { ServiceFault, type Failure } from './failure';
import type { KeyringRepository } from './keyringRepository';
import type { Witnesses } from './log/witnesses';

const FRESH_APPENDS = 3;

/**
 * How long whoever asks for a frozen key waits for his answer. Callers that ask again at once would append to the
 * stream so often that the hard delete, which the key is frozen for, would lose each of its own appends.
 */
const WAY_FOR_HARD_DELETE_MS = 100;

/** How one release gets its entitling event. */
export interface ReleaseAttempt<E> {
  readonly first: Sent;
  /**
   * The command for a new event when the one before did not write its own for certain: it was handled earlier, there
   * was nothing to do, or an answer got lost. Or why there is to be none.
   */
  readonly again: (before: Handled) => TE.TaskEither<Failure | E, Command>;
  /** Aborted before the first command is queued, it ends the release. */
  readonly signal: AbortSignal | undefined;
  /** Told once this attempt has written an event of its own, whatever comes after. */
  readonly onRecorded?: (handled: Handled) => void;
}

/** The key to open, on the strength of the handled command's event. */
export interface Entitlement {
  readonly key: KeyEntry;
  readonly handled: Handled;
  /** The entitling command's last event. */
  readonly entry: LogEntry;
  /** Null for a test call. */
  readonly runId: RunId | null;
  /** Also of a suspended key it may be asked whether it still works. */
  readonly isKillCheck: boolean;
}

/** Opens a secret for one use, through the vault's gate. */
export type Release = <E, A>(
  attempt: ReleaseAttempt<E>,
  use: (secret: Secret, entitlement: Entitlement) => TE.TaskEither<E, A>,
) => TE.TaskEither<Failure | E, A>;

const namedBy = ({
  events,
}: Handled): (Pick<Entitlement, 'runId' | 'isKillCheck'> & { readonly keyId: KeyId }) | null => {
  for (const { event } of events) {
    if (event.type === 'RunKeyPinned' || event.type === 'RunKeyResumed') {
      const { keyId, runId } = event.data;
      return { keyId, runId, isKillCheck: false };
    }
    if (event.type === 'KeyTestCallStarted') {
      const { keyId, purpose } = event.data;
      return { keyId, runId: null, isKillCheck: purpose === 'kill-check' };
    }
  }
  return null;
};

/** Only an event that this very call appended, acknowledged at the first sending, entitles to anything. */
const entitlementOf = (handled: Handled): Entitlement | null => {
  const { written, entry, keyring } = handled;
  const named = namedBy(handled);
  if (written !== 'acknowledged' || entry === null || named === null) return null;
  const key = keyring.keys.get(named.keyId);
  const { runId, isKillCheck } = named;
  return key === undefined ? null : { key, handled, entry, runId, isKillCheck };
};

const isVaultFault = (failure: unknown): failure is VaultFault =>
  typeof failure === 'object' && failure !== null && '_tag' in failure && failure._tag === 'VaultFault';

/** Why an entitlement is none any more, if one of the events behind its own says so. */
const endedBy = (
  events: ReadonlyArray<EnvelopedEvent>,
  { key, runId, isKillCheck, handled }: Entitlement,
): Refusal | null => {
  for (const { event, envelope } of events) {
    if (event.type === 'KeyHardDeleted' && event.data.keyId === key.keyId) return runInterrupted(key, runId);
    if (event.type === 'KeySuspended' && event.data.keyId === key.keyId && !isKillCheck) {
      return suspendedKey(handled.keyring, { ...key, suspended: true });
    }
    if (event.type === 'WorkspaceClosed') {
      const { workspaceId, time: closedAt } = envelope;
      return refuse('workspace-closed', { workspaceId, caseId: event.data.caseId, closedAt });
    }
  }
  return null;
};

/**
 * A secret leaves the vault only on an event that this very attempt appended, at the stream's current revision, and
 * that was read back: an acknowledgement alone is not believed. The stream has to be whole and sealed from that event
 * to its head, has to reach what the vault knows of it, and neither a hard delete of the key nor the closing of the
 * workspace may stand in between.
 */
export const makeRelease =
  (parts: {
    readonly handler: Pick<CommandHandler, 'handle'>;
    readonly repository: Pick<KeyringRepository, 'foldPages'>;
    readonly vault: SecretOpening;
    readonly witnesses: Pick<Witnesses, 'told'>;
  }): Release =>
  <E, A>(
    attempt: ReleaseAttempt<E>,
    use: (secret: Secret, entitlement: Entitlement) => TE.TaskEither<E, A>,
  ): TE.TaskEither<Failure | E, A> =>
  async () => {
    const { handler, repository, vault, witnesses } = parts;
    const { workspaceId } = attempt.first;
    let entitlement: Entitlement | null = null;
    const recorded = (): Entitlement | null => entitlement;
    const unentitled = (): ServiceFault =>
      new ServiceFault(
        'contention',
        `The right to open a key of workspace ${workspaceId} could not be recorded for certain; ` +
          'nothing was opened. Try again.',
      );

    /** Why the entitlement is none any more, as the stream says up to its head; null where it still is one. */
    const endOf = (entitled: Entitlement): Promise<Either.Either<Failure, Refusal | null>> => {
      const { revision, chain, before } = entitled.entry;
      return repository.foldPages<Refusal | null>(
        workspaceId,
        { revision: revision - 1, chain: before, next: { revision, chain } },
        null,
        (earlier, events) => earlier ?? endedBy(events, entitled),
      )();
    };

    const gate: ReleaseGate<Failure | E> = {
      authorise: async () => {
        const cancelled = unlessCancelled(attempt.signal);
        if (Either.isLeft(cancelled)) return cancelled;
        let command = attempt.first;
        for (let n = 1; ; n += 1) {
          const handled = await handler.handle(command)();
          if (Either.isLeft(handled)) return handled;
          if (handled.right.written !== null) attempt.onRecorded?.(handled.right);
          entitlement = entitlementOf(handled.right);
          if (entitlement !== null) {
            const { keyId, vendor, endpoint, fingerprint } = entitlement.key;
            return Either.right<Failure, KeyBinding>({ workspaceId, keyId, vendor, endpoint, fingerprint });
          }
          if (n === FRESH_APPENDS) return Either.left(unentitled());
          const next = await attempt.again(handled.right)();
          if (Either.isLeft(next)) return next;
          command = next.right;
        }
      },
      confirm: (witness) => async () => {
        if (entitlement === null) return Either.left(unentitled());
        const entitled = entitlement;
        witnesses.told(workspaceId, witness);
        const ended = await endOf(entitled);
        if (Either.isLeft(ended)) return ended;
        return ended.right === null ? Either.right(undefined) : Either.left(ended.right);
      },
    };

    /** A hard delete may have been quicker than the vault, which then has no row, or is on its way. */
    const unlessDestroyed = async (entitled: Entitlement, fault: VaultFault): Promise<Failure> => {
      if (fault.code === 'frozen') await delay(WAY_FOR_HARD_DELETE_MS);
      const ended = await endOf(entitled);
      return Either.isLeft(ended) || ended.right === null ? fault : ended.right;
    };

    const opened = await vault.open<Failure | E, A>(gate, (secret) =>
      entitlement === null ? TE.left(unentitled()) : use(secret, entitlement),
    )();
    const entitled = recorded();
    if (Either.isRight(opened) || entitled === null || !isVaultFault(opened.left)) return opened;
    const { code } = opened.left;
    if (code !== 'missing-secret' && code !== 'frozen') return opened;
    return Either.left(await unlessDestroyed(entitled, opened.left));
  };
