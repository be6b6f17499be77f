import { runInterrupted, type Command, type KeyEntry, type KeyId } from '@keyturn/domain';
import type { KeyBinding, ReleaseGate, Secret, Vault } from '@keyturn/vault';
import * as Either from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { CommandHandler, Handled } from './commandHandler';
import { ServiceFault, type Failure } from './failure';
import type { KeyringRepository } from './keyringRepository';

const FRESH_APPENDS = 3;

/** How one release gets its entitling event. */
export interface ReleaseAttempt {
  readonly first: Command;
  /**
   * The command for a new event when the first turns out to have been recorded earlier, or nobody knows by whom; or why
   * there is to be none.
   */
  readonly again: () => Either.Either<Failure, Command>;
}

/** The entitling event: the first of the handled events that names the key to open. */
export interface Entitlement {
  readonly key: KeyEntry;
  readonly handled: Handled;
}

/** Opens a secret for one use, through the vault's gate. */
export type Release = <E, A>(
  attempt: ReleaseAttempt,
  use: (secret: Secret, entitlement: Entitlement) => TE.TaskEither<E, A>,
) => TE.TaskEither<Failure | E, A>;

const entitledKey = (handled: Handled): KeyId | null => {
  for (const { event } of handled.events) {
    if (
      event.type === 'RunKeyPinned' ||
      event.type === 'RunKeyResumed' ||
      event.type === 'KeyTestCallStarted'
    ) {
      return event.data.keyId;
    }
  }
  return null;
};

/**
 * A secret leaves the vault only on an event that this very attempt appended, at the stream's current revision, and only
 * if no hard delete stands between that event and the stream's head.
 */
export const makeRelease =
  (parts: {
    readonly handler: CommandHandler;
    readonly repository: KeyringRepository;
    readonly vault: Vault;
  }): Release =>
  <E, A>(
    attempt: ReleaseAttempt,
    use: (secret: Secret, entitlement: Entitlement) => TE.TaskEither<E, A>,
  ): TE.TaskEither<Failure | E, A> =>
  async () => {
    const { handler, repository, vault } = parts;
    const { workspaceId } = attempt.first;
    let entitlement: Entitlement | null = null;
    const unentitled = (): ServiceFault =>
      new ServiceFault(
        'contention',
        `The right to open a key of workspace ${workspaceId} could not be recorded for certain; nothing was opened. Try again.`,
      );

    const gate: ReleaseGate<Failure> = {
      authorise: async () => {
        let command = attempt.first;
        for (let n = 1; n <= FRESH_APPENDS; n += 1) {
          const handled = await handler.handle(command)();
          if (Either.isLeft(handled)) return handled;
          const keyId = entitledKey(handled.right);
          const key = keyId === null ? undefined : handled.right.keyring.keys.get(keyId);
          if (handled.right.freshlyAppended && key !== undefined) {
            entitlement = { key, handled: handled.right };
            const { vendor, endpoint, fingerprint } = key;
            return Either.right<Failure, KeyBinding>({
              workspaceId,
              keyId: key.keyId,
              vendor,
              endpoint,
              fingerprint,
            });
          }
          const next = attempt.again();
          if (Either.isLeft(next)) return next;
          command = next.right;
        }
        return Either.left(unentitled());
      },
      confirm: async () => {
        const held = entitlement;
        if (held === null || held.handled.revision === null) return Either.left(unentitled());
        let deleted = false;
        const read = await repository.pages(workspaceId, held.handled.revision, (events) => {
          deleted ||= events.some(
            ({ event }) => event.type === 'KeyHardDeleted' && event.data.keyId === held.key.keyId,
          );
          return !deleted;
        })();
        if (Either.isLeft(read)) return read;
        return deleted ? Either.left(runInterrupted(held.key)) : Either.right(undefined);
      },
    };

    return vault.open<Failure | E, A>(gate, (secret) =>
      entitlement === null ? TE.left(unentitled()) : use(secret, entitlement),
    )();
  };
