import { createInterface } from 'node:readline';
import { unhushTerminal } from './hushedTerminal';

/**
 * Asks on this process's terminal, with the answer shown; null where the terminal is closed. The terminal edits the
 * line itself, so that Ctrl-C ends the process as it would anywhere. What was typed ahead, with nothing shown, is no
 * answer.
 */
export const askLine = async (question: string): Promise<string | null> => {
  unhushTerminal();
  // A hidden prompt before this one left it so that it keeps no process alive: the process would end here.
  process.stdin.ref();
  process.stderr.write(question);
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) return line.trim();
    process.stderr.write('\n');
    return null;
  } finally {
    lines.close();
    process.stdin.pause();
  }
};

/** Asks for a yes: nothing else is one. */
export const askYes = async (question: string): Promise<boolean> =>
  (await askLine(question))?.toLowerCase() === 'yes';
