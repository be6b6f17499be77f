import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { Writable } from 'node:stream';
import type { RunSecret } from 'keyturn';
import { codeOf } from '../errorCode';
import type { Io } from '../io';
import { CommandFault } from '../problems';
import type { ChildEnd } from './childStatus';
import { commandEnvironment } from './envName';
import { relaySignals } from './relaySignals';

/** How the command gets the secret: in a variable, on its standard input, or as file descriptor 3. */
export type SecretVia =
  { readonly kind: 'env'; readonly name: string } | { readonly kind: 'stdin' } | { readonly kind: 'fd' };

/** A command for `/bin/sh -c`. */
export interface CommandToRun {
  readonly command: string;
  readonly via: SecretVia;
  /** Its standard output goes to our standard error: ours is for one JSON document. */
  readonly stdoutToStderr: boolean;
}

export interface RunningCommand {
  readonly ended: Promise<ChildEnd>;
  /** Asks it to end. */
  readonly terminate: () => void;
  /** Until this is called, signals are passed on and do not end this process: it still has a run to finish. */
  readonly stopRelaying: () => void;
}

const SECRET_FD = 3;

const stdioFor = ({ via, stdoutToStderr }: CommandToRun, io: Io): StdioOptions => {
  const standard: StdioOptions = [
    via.kind === 'stdin' ? 'pipe' : io.stdin,
    stdoutToStderr ? io.stderr.fd : io.stdout.fd,
    io.stderr.fd,
  ];
  return via.kind === 'fd' ? [...standard, 'pipe'] : standard;
};

/** An environment needs the secret as a string. Nothing here keeps it. */
const environmentFor = ({ via }: CommandToRun, secret: RunSecret, { env }: Io): NodeJS.ProcessEnv => ({
  ...commandEnvironment(env),
  ...(via.kind === 'env' ? { [via.name]: secret.reveal() } : {}),
});

const write = async (stream: unknown, secret: RunSecret): Promise<void> => {
  if (!(stream instanceof Writable)) return;
  // A command that never reads its secret closes the pipe. That is its own affair.
  stream.on('error', () => undefined);
  const copy = secret.use((bytes) => Buffer.alloc(bytes.length, bytes));
  await new Promise<void>((resolve) => {
    stream.end(copy, () => resolve());
    stream.once('close', () => resolve());
  });
  copy.fill(0);
};

const notStarted = (cause: unknown): CommandFault =>
  new CommandFault(
    'command-not-started',
    `The command could not be started: /bin/sh can't be run (${codeOf(cause)}).`,
    { cause },
  );

const started = async (child: ChildProcess): Promise<void> => {
  try {
    await once(child, 'spawn');
  } catch (cause) {
    throw notStarted(cause);
  }
};

/**
 * Starts a command with the secret. Resolves when it runs and has been given the secret; the caller may wipe it then.
 * Rejects with `command-not-started`.
 */
export const startCommand = async (
  toRun: CommandToRun,
  secret: RunSecret,
  io: Io,
): Promise<RunningCommand> => {
  const options = { stdio: stdioFor(toRun, io), env: environmentFor(toRun, secret, io), cwd: io.cwd };
  // Before the command starts: a signal in between would end this process and leave the command running.
  const relay = relaySignals(io);
  const ours = process.umask(io.umask);
  let child: ChildProcess;
  try {
    child = spawn('/bin/sh', ['-c', toRun.command], options);
  } catch (error) {
    relay.stop();
    // Some errors of the system are thrown at once, such as a closed descriptor or an environment that is too large.
    throw notStarted(error);
  } finally {
    process.umask(ours);
  }
  // A signal may come too late for the command. `started` sees a command that never started.
  child.on('error', () => undefined);
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  try {
    await started(child);
  } catch (error) {
    relay.stop();
    throw error;
  }
  relay.to(child);
  if (toRun.via.kind === 'stdin') await write(child.stdin, secret);
  if (toRun.via.kind === 'fd') await write(child.stdio[SECRET_FD], secret);
  return { ended, terminate: () => void child.kill('SIGTERM'), stopRelaying: relay.stop };
};
