import * as E from 'fp-ts/Either';
import type { Command, CommandBody } from '../commands';
import { makeDecider } from '../decider';
import type { KeyringEvent } from '../events';
import { displayLine, labelInputOf } from '../labels';
import { defaultPolicy, type Policy } from '../policy';
import type { RefusalCode, RefusalFacts } from '../refusals/refusal';
import { listedKeys, type HandledCommand, type Keyring } from '../state/keyring';
import { command } from './commands';

/** What one command came to, in a form that reads well in an expectation. */
type Outcome =
  | { readonly refused: RefusalCode; readonly message: string; readonly facts: RefusalFacts[RefusalCode] }
  | { readonly repeated: HandledCommand }
  | { readonly emitted: ReadonlyArray<KeyringEvent> };

type Overrides = Parameters<typeof command>[2];

/** A keyring with a past. */
export interface Story {
  readonly keyring: Keyring;
  /** What the command would come to now. */
  readonly when: (body: CommandBody, overrides?: Overrides) => Outcome;
  /** The list of keys as a person reads it. */
  readonly list: () => ReadonlyArray<string>;
}

/** Plays commands that must all be taken. One given as a whole command keeps its ids and times. */
export const givenUnder =
  (policy: Partial<Policy>) =>
  (...past: ReadonlyArray<CommandBody | Command>): Story => {
    const decider = makeDecider({ ...defaultPolicy, ...policy });
    const keyring = past.reduce<Keyring>((state, step, place) => {
      const decided = decider.decide(state, 'body' in step ? step : command(step, place));
      if (E.isLeft(decided)) throw new Error(`step ${place} was refused: ${decided.left.message}`);
      return decider.replay(state, decided.right.events);
    }, decider.initialState);
    return {
      keyring,
      when: (body, overrides) => {
        const decided = decider.decide(keyring, command(body, past.length, overrides));
        if (E.isLeft(decided)) {
          const { code, message, facts } = decided.left;
          return { refused: code, message, facts };
        }
        const { events, repeats } = decided.right;
        return repeats === null ? { emitted: events.map(({ event }) => event) } : { repeated: repeats };
      },
      list: () => listedKeys(keyring).map((entry) => displayLine(labelInputOf(keyring, entry))),
    };
  };

/** Plays commands under the usual policy. */
export const given = givenUnder({});
