import { keysNotGone, type Command, type CommandBody, type Keyring } from '@keyturn/domain';
import type { Position } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { CommandHandler } from './commandHandler';
import type { Destroy, Destruction } from './destroy';
import type { Failure } from './failure';
import type { Cause } from './systemCommand';

/** A closed workspace without keys. */
interface EmptiedWorkspace {
  /** Once no key was on the list any more. */
  readonly keyring: Keyring;
  /** Where the last hard delete of this call is; null when there was none left. */
  readonly position: Position | null;
  /** Of every key ever whose secret was not proven gone before. */
  readonly destructions: ReadonlyArray<Destruction>;
}

/**
 * Hard-deletes the keys of a closed workspace, and destroys their secrets. What was cut off before is taken up; many
 * processes may be at it at once.
 */
export type EmptyWorkspace = (
  cause: Cause,
  next: (body: CommandBody) => Command,
) => Promise<E.Either<Failure, EmptiedWorkspace>>;

export const makeEmptyWorkspace =
  (handler: Pick<CommandHandler, 'handle'>, destroy: Destroy): EmptyWorkspace =>
  async (cause, next) => {
    let position: Position | null = null;
    for (;;) {
      const handled = await handler.handle(next({ type: 'DestroyWorkspaceKeys' }))();
      if (E.isLeft(handled)) return handled;
      const { keyring, events } = handled.right;
      position = handled.right.position ?? position;
      if (events.length > 0) continue;
      // All together: a shred costs the same for one row as for many.
      const left = keysNotGone(keyring).filter(({ status }) => status === 'hard-deleted');
      const destructions = await destroy(
        cause,
        keyring,
        left.map(({ keyId }) => keyId),
      );
      return E.right({ keyring, position, destructions });
    }
  };
