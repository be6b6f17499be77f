import { constants } from 'node:os';
import { CommandFault, UsageError } from '../problems';

const LARGEST = 8_192;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const ERASE = new Set(['\u0008', '\u007f']);
const LINE_END = new Set(['\r', '\n', CTRL_D]);
/** What the terminals of today put around a paste when something before us asked them to. */
const PASTE_MARKS = /\u001b\[20[01]~/g;

const edited = (answer: string, character: string): string => {
  if (ERASE.has(character)) return answer.slice(0, -1);
  return character === CTRL_U ? '' : `${answer}${character}`;
};

/**
 * Asks on this process's terminal, with nothing of the answer shown, and puts the terminal back as it was however it
 * ends. Ctrl-C ends the process as it would anywhere.
 */
export const askHidden = (question: string): Promise<string> => {
  const { stdin, stderr } = process;
  return new Promise((resolve, reject) => {
    let answer = '';
    const restore = (): void => {
      stdin.setRawMode(false);
    };
    const end = (): void => {
      stdin.off('data', onData);
      stdin.off('end', onEnd);
      stdin.pause();
      process.off('exit', restore);
      restore();
      stderr.write('\n');
    };
    const finish = (settle: () => void): void => {
      end();
      settle();
    };
    const onEnd = (): void =>
      finish(() =>
        reject(new CommandFault('no-answer', 'The terminal was closed before there was an answer.')),
      );
    const onData = (chunk: string): void => {
      for (const character of chunk.replace(PASTE_MARKS, '')) {
        if (character === CTRL_C) {
          end();
          process.exit(128 + constants.signals.SIGINT);
        }
        if (LINE_END.has(character)) {
          finish(() => resolve(answer));
          return;
        }
        answer = edited(answer, character);
        if (answer.length > LARGEST) {
          finish(() =>
            reject(new UsageError('That is far longer than a key or a passphrase. Nothing was done.')),
          );
          return;
        }
      }
    };
    process.once('exit', restore);
    // First no echo, then the question: whoever answers at once is not shown either.
    stdin.setRawMode(true);
    stderr.write(question);
    stdin.setEncoding('utf8');
    stdin.on('data', onData);
    stdin.once('end', onEnd);
    stdin.resume();
  });
};
