import { closeSync, constants as files, openSync, readSync } from 'node:fs';
import { constants } from 'node:os';

const CTRL_C = '\u0003';
/** More than any answer has. */
const LARGEST = 16_384;

/** Who asks, and gets what is typed. */
export interface Asker {
  readonly onTyped: (text: string) => void;
  /** The terminal was closed. */
  readonly onClosed: () => void;
}

/** A process has one terminal: so this is the module's, and nobody's to make a second time. */
const state: { hushed: boolean; closed: boolean; ahead: string; asker: Asker | null } = {
  hushed: false,
  closed: false,
  ahead: '',
  asker: null,
};

/** Ends the process as Ctrl-C does anywhere, with the terminal as it was. */
export const endByCtrlC = (): never => {
  restore();
  process.stderr.write('\n');
  return process.exit(128 + constants.signals.SIGINT);
};

const onData = (text: string): void => {
  if (state.asker !== null) return state.asker.onTyped(text);
  if (text.includes(CTRL_C)) endByCtrlC();
  state.ahead = (state.ahead + text).slice(0, LARGEST);
};

const onEnd = (): void => {
  state.closed = true;
  state.asker?.onClosed();
};

const restore = (): void => {
  process.stdin.setRawMode(false);
};

/** What was typed before was shown, so it is no answer to a question that shows nothing: it is thrown away. */
const flush = (): void => {
  try {
    const terminal = openSync('/dev/tty', files.O_RDONLY | files.O_NONBLOCK | files.O_NOCTTY);
    try {
      const thrownAway = Buffer.alloc(4_096);
      while (readSync(terminal, thrownAway) > 0);
      thrownAway.fill(0);
    } finally {
      closeSync(terminal);
    }
  } catch {
    // Nothing is there (EAGAIN), or there is no such terminal.
  }
};

/**
 * From now on nothing that is typed is shown, and it is kept for who asks next. Before that is known the terminal would
 * show a key that is pasted while the vault is opened. Ctrl-C ends the process, as ever.
 */
export const hushTerminal = (): void => {
  const { stdin } = process;
  if (state.hushed || !stdin.isTTY) return;
  state.hushed = true;
  process.once('exit', restore);
  stdin.setRawMode(true);
  flush();
  stdin.setEncoding('utf8');
  stdin.on('data', onData);
  stdin.once('end', onEnd);
  stdin.resume();
  // What is not asked for keeps no process alive.
  stdin.unref();
};

/** Gives the terminal back as it was. What was typed and nobody asked for is dropped: it may be a key. */
export const unhushTerminal = (): void => {
  if (!state.hushed) return;
  const { stdin } = process;
  state.hushed = false;
  state.ahead = '';
  stdin.off('data', onData);
  stdin.off('end', onEnd);
  stdin.pause();
  process.off('exit', restore);
  restore();
};

export const isHushed = (): boolean => state.hushed;

/** Gives what is typed to `asker`, and first what was typed ahead. What is left over is for the next question. */
export const listenTo = (asker: Asker): void => {
  const { ahead } = state;
  state.ahead = '';
  state.asker = asker;
  process.stdin.ref();
  if (ahead !== '') asker.onTyped(ahead);
  else if (state.closed) asker.onClosed();
};

/** The question is answered, and `rest` was typed behind the answer. */
export const stopListening = (rest: string): void => {
  state.asker = null;
  state.ahead = rest;
  process.stdin.unref();
};
