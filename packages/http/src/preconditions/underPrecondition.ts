import { isKeyturnError, type Act, type ActContext, type ActOptions, type Foreseen } from 'keyturn';
import { setTimeout as delay } from 'node:timers/promises';
import { requestProblem } from '../problems/problem';
import { digestOf } from './entityTag';

/** What an act would do, by its events. */
export const rehearsalDigest = ({ events }: Foreseen): string => digestOf(events);

/** Tries before a keyring that others keep changing is given up for now. */
const MOST_TRIES = 20;
const BEHIND_MS = 50;

/** Whether what was looked at is what the caller saw; `behind` where it is older than what is decided on. */
export type Seen = 'same' | 'another' | 'behind';

/**
 * Does an act only where nothing changed that its caller looked at, without a moment in between: it is decided at the
 * very revision at which that was compared. What changes meanwhile and does not matter (a run began) makes it be
 * compared again.
 *
 * An act that has nothing left to do is compared with nothing: a repeated one gives its first outcome.
 *
 * @param compare - looks at what the act would be decided on
 * @throws ProblemError `precondition-failed`, `away`
 */
export const underPrecondition = async <Input, Result>(
  act: Act<Input, Result>,
  ctx: ActContext,
  input: Input,
  options: Omit<ActOptions, 'dryRun' | 'ifRevision'>,
  compare: (foreseen: Foreseen) => Promise<Seen>,
): Promise<Result> => {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const foreseen = await act(ctx, input, { ...options, dryRun: true });
    const seen = foreseen.events.length === 0 ? 'same' : await compare(foreseen);
    if (seen === 'another') throw requestProblem('precondition-failed');
    if (seen === 'behind') {
      await delay(BEHIND_MS);
      continue;
    }
    try {
      return await act(ctx, input, { ...options, ifRevision: foreseen.keyringRevision });
    } catch (error) {
      if (!isKeyturnError(error) || error.code !== 'revision-conflict') throw error;
    }
  }
  throw requestProblem('away', { headers: { 'Retry-After': '1' } });
};
