import { createInterface } from 'node:readline';
import { unhushTerminal } from './hushedTerminal';

/**
 * Asks on this process's terminal, with the answer shown; true for `yes` alone. The terminal edits the line itself, so
 * that Ctrl-C ends the process as it would anywhere. What was typed ahead, with nothing shown, is no answer.
 */
export const askYes = async (question: string): Promise<boolean> => {
  unhushTerminal();
  // A hidden prompt before this one left it so that it keeps no process alive: the process would end here.
  process.stdin.ref();
  process.stderr.write(question);
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) return line.trim().toLowerCase() === 'yes';
    process.stderr.write('\n');
    return false;
  } finally {
    lines.close();
    process.stdin.pause();
  }
};
