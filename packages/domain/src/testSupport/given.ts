import * as E from 'fp-ts/Either';
import type { Command, CommandBody } from '../commands';
import { makeDecider } from '../decider';
import type { KeyringEvent } from '../events';
import type { EnvelopedEvent } from '../envelope';
import { displayLine, labelInputOf } from '../labels';
import { defaultPolicy, type Policy } from '../policy';
import type { RefusalCode, RefusalFacts } from '../refusals/refusal';
import { listedKeys, type HandledCommand, type Keyring } from '../state/keyring';
import { command, T0 } from './commands';

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
  /** What the command would emit now, with envelopes. */
  readonly events: (step: CommandBody | Command) => ReadonlyArray<EnvelopedEvent>;
  /** The story with one more command. */
  readonly after: (body: CommandBody, overrides?: Overrides) => Story;
  /** The story with more commands, each an hour after it began or later. */
  readonly afterLate: (...bodies: ReadonlyArray<CommandBody>) => Story;
  /** The list of keys as a person reads it. */
  readonly list: () => ReadonlyArray<string>;
}

const HOUR = 3_600;

/** Plays commands that must all be taken. One given as a whole command keeps its ids and times. */
export const givenUnder =
  (policy: Partial<Policy>) =>
  (...past: ReadonlyArray<CommandBody | Command>): Story => {
    const decider = makeDecider({ ...defaultPolicy, ...policy });
    const whole = (step: CommandBody | Command, place: number): Command =>
      'body' in step ? step : command(step, place);
    const keyring = past.reduce<Keyring>((state, step, place) => {
      const decided = decider.decide(state, whole(step, place));
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
      events: (step) => {
        const decided = decider.decide(keyring, whole(step, past.length));
        if (E.isLeft(decided)) throw new Error(`refused: ${decided.left.message}`);
        return decided.right.events;
      },
      after: (body, overrides) => givenUnder(policy)(...past, command(body, past.length, overrides)),
      afterLate: (...bodies) =>
        givenUnder(policy)(
          ...past,
          ...bodies.map((body, i) => {
            const time = T0 + (HOUR + past.length + i) * 1_000;
            return command(body, past.length + i, { time, issuedAt: time });
          }),
        ),
      list: () => listedKeys(keyring).map((entry) => displayLine(labelInputOf(keyring, entry))),
    };
  };

/** Plays commands under the usual policy. */
export const given = givenUnder({});
