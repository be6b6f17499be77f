import type { Command, Decider, Decision, EnvelopedEvent, Keyring, Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { AbstractStep } from './abstractCommand';
import { commandIdOf, correlationIdOf, STORY_BEGINS, storyActor, storyWorkspace } from './pool';
import { resolve } from './resolve';

/** One command of a story with what it met and what it left. */
export interface PlayedStep {
  readonly before: Keyring;
  readonly command: Command;
  readonly result: E.Either<Refusal, Decision>;
  readonly events: ReadonlyArray<EnvelopedEvent>;
  readonly after: Keyring;
}

const earlier = (played: ReadonlyArray<PlayedStep>, back: number): Command | undefined =>
  played[played.length - 1 - (back % Math.max(1, played.length))]?.command;

const commandOf = (
  { command, id, behind }: AbstractStep,
  keyring: Keyring,
  now: number,
  played: ReadonlyArray<PlayedStep>,
): Command => {
  const place = played.length;
  const fresh: Command = {
    workspaceId: storyWorkspace,
    commandId: commandIdOf(place),
    issuedAt: now,
    time: now,
    actor: storyActor,
    correlationId: correlationIdOf(place),
    causationId: commandIdOf(place),
    body: resolve(command, keyring, now),
    ...(behind === null ? {} : { expectedRevision: keyring.revision - behind }),
  };
  if (id === 'new') return fresh;
  const repeated = earlier(played, 'again' in id ? id.again : id.reused);
  if (repeated === undefined) return fresh;
  return 'again' in id ? { ...repeated, time: now } : { ...fresh, commandId: repeated.commandId };
};

/** Plays abstract steps on an empty keyring, each on what the one before left. */
export const playSteps = (
  decider: Decider,
  steps: ReadonlyArray<AbstractStep>,
): ReadonlyArray<PlayedStep> => {
  const played: PlayedStep[] = [];
  let keyring = decider.initialState;
  let now = STORY_BEGINS;
  for (const step of steps) {
    now += step.after * 1_000;
    const command = commandOf(step, keyring, now, played);
    const result = decider.decide(keyring, command);
    const events = E.isRight(result) ? result.right.events : [];
    const after = decider.replay(keyring, events);
    played.push({ before: keyring, command, result, events, after });
    keyring = after;
  }
  return played;
};
