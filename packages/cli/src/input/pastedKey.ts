import { askHidden, canAsk } from './hiddenPrompt';
import { readPaste } from './stdinSecret';

const STANDARD_INPUT = 0;

/** The key as it was pasted: at a hidden prompt on a terminal, else on standard input. */
export const readPastedKey = (vendor: string): Promise<string> =>
  canAsk()
    ? askHidden(`Paste the ${/^[a-z0-9-]{1,32}$/.test(vendor) ? vendor : ''} key (it is not shown): `)
    : readPaste(STANDARD_INPUT);
