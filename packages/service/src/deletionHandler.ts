import type { EnvelopedEvent, KeyId } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { CommandHandler, Handled } from './commandHandler';
import type { Sent } from './context';
import type { Destroy, Destruction } from './destroy';
import type { Failure } from './failure';
import { hardDeletedKeys } from './hardDeletedKeys';

export interface HandledDeletion {
  readonly handled: Handled;
  /** One for each key that the command hard-deleted, or named for that. */
  readonly destructions: ReadonlyArray<Destruction>;
}

/** Handles a command that may hard-delete keys, and destroys what it did. */
export type DeletionHandler = (command: Sent) => TaskEither<Failure, HandledDeletion>;

/** Those that it hard-deleted; and the one that it names, which may have been before, with its destruction pending. */
const keysToDestroy = ({ body }: Sent, events: ReadonlyArray<EnvelopedEvent>): ReadonlyArray<KeyId> => {
  const named = body.type === 'HardDeleteKey' ? [body.keyId] : [];
  return [...new Set([...hardDeletedKeys(events), ...named])];
};

/**
 * A hard delete as a whole: the handler freezes the row and appends, then the secret is shredded and that is
 * confirmed in the log. A command that was handled before finishes what was left of it.
 */
export const makeDeletionHandler =
  (handler: CommandHandler, destroy: Destroy): DeletionHandler =>
  (command) =>
  async () => {
    const handled = await handler.handle(command)();
    if (E.isLeft(handled)) return handled;
    const { keyring, events } = handled.right;
    const destructions = await destroy(command, keyring, keysToDestroy(command, events));
    return E.right({ handled: handled.right, destructions });
  };
