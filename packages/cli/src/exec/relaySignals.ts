import type { ChildProcess } from 'node:child_process';
import type { Io } from '../io';

/** Signals on their way to a command. While it lasts none of them ends this process. */
export interface SignalRelay {
  /** Passes on what has come so far, and what will come. */
  readonly to: (child: ChildProcess) => void;
  readonly stop: () => void;
}

/** A terminal sends these to the command by itself. */
const TERMINAL_SIGNALS: ReadonlyArray<NodeJS.Signals> = ['SIGINT', 'SIGQUIT'];
const SIGNALS: ReadonlyArray<NodeJS.Signals> = [
  ...TERMINAL_SIGNALS,
  'SIGTERM',
  'SIGHUP',
  'SIGUSR2',
  'SIGCONT',
];

export const relaySignals = ({ ask, stdout, stderr }: Io): SignalRelay => {
  const onTerminal = ask !== null || stdout.isTTY || stderr.isTTY;
  const waiting: NodeJS.Signals[] = [];
  let deliver = (signal: NodeJS.Signals): void => void waiting.push(signal);
  const onSignal = (signal: NodeJS.Signals): void => {
    if (!(onTerminal && TERMINAL_SIGNALS.includes(signal))) deliver(signal);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    to: (child) => {
      deliver = (signal) => void child.kill(signal);
      waiting.splice(0).forEach(deliver);
    },
    stop: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
};
