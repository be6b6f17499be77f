import type { Either } from 'fp-ts/Either';
import type { Command, CommandBody, CommandType } from '../commands';
import type { KeyringEvent } from '../events';
import type { Policy } from '../policy';
import type { Refusal } from '../refusals/refusal';
import type { Keyring } from '../state/keyring';

/** A command's body by its type. */
export type BodyOf = { readonly [T in CommandType]: Extract<CommandBody, { readonly type: T }> };

/** What a command is decided on. */
export interface Situation {
  readonly keyring: Keyring;
  readonly command: Command;
  readonly policy: Policy;
}

/** A refusal, or the events that the command emits, in order; none when it is so already. */
export type Verdict = Either<Refusal, ReadonlyArray<KeyringEvent>>;

export type Handler<T extends CommandType> = (situation: Situation, body: BodyOf[T]) => Verdict;
