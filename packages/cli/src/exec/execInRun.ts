import type { CallContext, RunPin, RunsReleased } from '@keyturn/service';
import type { Secret } from '@keyturn/vault';
import type { Keyturn } from '../session';
import { succeeded, type ChildEnd } from './childStatus';
import { startCommand, type CommandToRun, type RunningCommand } from './runCommand';

type Use<A> = (secret: Secret, pin: RunPin) => Promise<A>;

/** What became of a run and its command. */
export interface RunWithCommand {
  readonly pin: RunPin;
  readonly end: ChildEnd;
  readonly outcome: 'succeeded' | 'failed';
  readonly released: RunsReleased;
}

interface Started {
  readonly pin: RunPin;
  readonly running: RunningCommand;
}

/**
 * Hands a run's secret to a command, wipes it as soon as the command has it, and finishes the run as the command ends.
 *
 * @param release pins or resumes the run and opens its key for the function that it is given
 */
export const execInRun = async (
  keyturn: Keyturn,
  context: CallContext,
  toRun: CommandToRun,
  release: (use: Use<Started>) => Promise<Started>,
): Promise<RunWithCommand> => {
  const finish = (runId: string, outcome: RunWithCommand['outcome']): Promise<RunsReleased> =>
    keyturn.finishRun(context, { runId, outcome });
  const { pin, running } = await release(async (secret, pin) => {
    try {
      return { pin, running: await startCommand(toRun, secret) };
    } catch (error) {
      await finish(pin.runId, 'failed');
      throw error;
    }
  });
  try {
    const end = await running.ended;
    const outcome = succeeded(end) ? 'succeeded' : 'failed';
    return { pin, end, outcome, released: await finish(pin.runId, outcome) };
  } finally {
    running.stopRelaying();
  }
};
