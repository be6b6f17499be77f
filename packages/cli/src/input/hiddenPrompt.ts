import { CommandFault, UsageError } from '../problems';
import {
  endByCtrlC,
  hushTerminal,
  isHushed,
  listenTo,
  stopListening,
  unhushTerminal,
} from './hushedTerminal';

const LARGEST = 8_192;
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const CTRL_U = '\u0015';
const ERASE = new Set(['\u0008', '\u007f']);
const LINE_END = new Set(['\r', '\n', CTRL_D]);
/** What the terminals of today put around a paste when something before us asked them to. */
const PASTE_MARKS = ['\u001b[200~', '\u001b[201~'];

const withoutPasteMarks = (text: string): string =>
  PASTE_MARKS.reduce((left, mark) => left.split(mark).join(''), text);

const edited = (answer: string, character: string): string => {
  if (ERASE.has(character)) return answer.slice(0, -1);
  return character === CTRL_U ? '' : `${answer}${character}`;
};

/**
 * Asks on this process's terminal, with nothing of the answer shown, and leaves the terminal as it found it however it
 * ends. What was typed ahead, with nothing shown either, is taken first. Ctrl-C ends the process as it would anywhere.
 */
export const askHidden = (question: string): Promise<string> => {
  const wasHushed = isHushed();
  return new Promise((resolve, reject) => {
    let answer = '';
    const finish = (settle: () => void, rest = ''): void => {
      stopListening(rest);
      if (!wasHushed) unhushTerminal();
      process.stderr.write('\n');
      settle();
    };
    const onTyped = (text: string): void => {
      const characters = Array.from(withoutPasteMarks(text));
      for (const [index, character] of characters.entries()) {
        if (character === CTRL_C) endByCtrlC();
        if (LINE_END.has(character)) {
          finish(() => resolve(answer), characters.slice(index + 1).join(''));
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
    const onClosed = (): void =>
      finish(() =>
        reject(new CommandFault('no-answer', 'The terminal was closed before there was an answer.')),
      );
    // First no echo, then the question: whoever answers at once is not shown either.
    hushTerminal();
    process.stderr.write(question);
    listenTo({ onTyped, onClosed });
  });
};
