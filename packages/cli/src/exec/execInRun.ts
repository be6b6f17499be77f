import type { ActContext, Keyturn, RunPin, RunsReleased, UseRunInput } from 'keyturn';
import type { Io } from '../io';
import { succeeded, type ChildEnd } from './childStatus';
import { startCommand, type CommandToRun, type RunningCommand } from './runCommand';

/** What became of a run and its command. */
export interface RunWithCommand {
  readonly pin: RunPin;
  readonly end: ChildEnd;
  readonly outcome: 'succeeded' | 'failed';
  readonly released: RunsReleased;
}

/**
 * Hands a run's secret to a command, wipes it as soon as the command has it, and finishes the run as the command ends.
 * The lease is renewed meanwhile. A command whose run has lost its key is asked to end (SIGTERM), and waited for.
 */
export const execInRun = async (
  { runs }: Keyturn,
  context: ActContext,
  input: UseRunInput,
  toRun: CommandToRun,
  io: Io,
): Promise<RunWithCommand> => {
  let running: RunningCommand | undefined;
  let released: RunsReleased | undefined;
  try {
    const { pin, end } = await runs.use(
      context,
      input,
      async ({ secret, pin, signal, finishAs }) => {
        const started = await startCommand(toRun, secret, io);
        running = started;
        secret.wipe();
        if (signal.aborted) started.terminate();
        signal.addEventListener('abort', started.terminate);
        const end = await started.ended;
        finishAs(succeeded(end) ? 'succeeded' : 'failed');
        return { pin, end };
      },
      {
        onFinished: (finished) => {
          released = finished;
        },
      },
    );
    const outcome = succeeded(end) ? 'succeeded' : 'failed';
    // Not finished for now: another try finishes it, or says why not.
    released ??= await runs.finish(context, { runId: input.runId, outcome });
    return { pin, end, outcome, released };
  } finally {
    await running?.ended;
    running?.stopRelaying();
  }
};
