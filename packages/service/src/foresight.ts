import type { Decider, KeyringEvent } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { asKnownNow, type Sent } from './context';
import type { Failure } from './failure';
import type { KeyringRepository } from './keyringRepository';

/** What a command would record if it were sent now. */
export interface Foreseen {
  /** Revision of the keyring that this was decided on. */
  readonly keyringRevision: number;
  /** Empty when there is nothing to do, or when the command was handled before. */
  readonly events: ReadonlyArray<KeyringEvent>;
}

/** Decides a command on the stream's newest state, and leaves it at that. */
export type Foresight = (command: Sent) => TaskEither<Failure, Foreseen>;

export const makeForesight =
  ({
    repository,
    decider,
  }: {
    readonly repository: Pick<KeyringRepository, 'load'>;
    readonly decider: Pick<Decider, 'decide'>;
  }): Foresight =>
  (command) =>
  async () => {
    const loaded = await repository.load(command.workspaceId)();
    if (E.isLeft(loaded)) return loaded;
    const { keyring } = loaded.right;
    const decision = decider.decide(keyring, asKnownNow(command));
    if (E.isLeft(decision)) return decision;
    const events = decision.right.events.map(({ event }) => event);
    return E.right({ keyringRevision: keyring.revision, events });
  };
