import * as E from 'fp-ts/Either';
import type { Command } from './commands';
import { decideOn, type Decision } from './decide/decide';
import type { EnvelopedEvent } from './envelope';
import { applyEvent } from './evolve/applyEvent';
import { Draft } from './evolve/draft';
import { defaultPolicy, type Policy } from './policy';
import type { Refusal } from './refusals/refusal';
import { emptyKeyring, type Keyring } from './state/keyring';

/** What a sequence of commands comes to. */
export interface BatchDecision {
  /** One for each command, in their order. */
  readonly results: ReadonlyArray<E.Either<Refusal, Decision>>;
  /** All events of all commands, to be appended together. */
  readonly events: ReadonlyArray<EnvelopedEvent>;
  /** The keyring once they are appended; the very same object when there are none. */
  readonly keyring: Keyring;
}

/** The keyring's rules. Pure and total: no clock, no randomness, nothing thrown. Ids and times come inside commands. */
export interface Decider {
  readonly policy: Policy;
  readonly initialState: Keyring;
  /** A refusal, or the events to append. */
  readonly decide: (keyring: Keyring, command: Command) => E.Either<Refusal, Decision>;
  /** Decides commands in sequence, each on the state that the one before left: one append for many commands. */
  readonly decideAll: (keyring: Keyring, commands: ReadonlyArray<Command>) => BatchDecision;
  /** The state after one more event. */
  readonly evolve: (keyring: Keyring, event: EnvelopedEvent) => Keyring;
  /** The state after many more events: as folding `evolve`, at a small part of its cost. */
  readonly replay: (keyring: Keyring, events: Iterable<EnvelopedEvent>) => Keyring;
}

/**
 * Makes the keyring's decider under a policy.
 *
 * @example
 * const { decide, replay, initialState } = makeDecider(defaultPolicy);
 * const keyring = replay(initialState, history);
 * const decision = decide(keyring, command);
 */
export const makeDecider = (policy: Policy): Decider => {
  const replay: Decider['replay'] = (keyring, events) => {
    const draft = new Draft(keyring, policy);
    for (const event of events) applyEvent(draft, event);
    return draft.revision === keyring.revision ? keyring : draft.finish();
  };

  const decideAll: Decider['decideAll'] = (keyring, commands) => {
    let draft: Draft | null = null;
    const results: Array<E.Either<Refusal, Decision>> = [];
    const events: EnvelopedEvent[] = [];
    for (const command of commands) {
      const result = decideOn(draft ?? keyring, command, policy);
      results.push(result);
      if (E.isLeft(result)) continue;
      for (const event of result.right.events) {
        draft ??= new Draft(keyring, policy);
        applyEvent(draft, event);
        events.push(event);
      }
    }
    return { results, events, keyring: draft?.finish() ?? keyring };
  };

  return {
    policy,
    initialState: emptyKeyring,
    decide: (keyring, command) => decideOn(keyring, command, policy),
    decideAll,
    evolve: (keyring, event) => replay(keyring, [event]),
    replay,
  };
};

/** The decider under the usual policy. */
export const defaultDecider: Decider = makeDecider(defaultPolicy);
