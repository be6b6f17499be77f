import type { Io } from '../io';
import { readPaste } from './stdinSecret';

/** The key as it was pasted: at a hidden prompt on a terminal, else on standard input. */
export const readPastedKey = async (vendor: string, { ask, stdin }: Io): Promise<string | Buffer> =>
  ask === null
    ? readPaste(stdin)
    : ask(`Paste the ${/^[a-z0-9-]{1,32}$/.test(vendor) ? vendor : ''} key (it is not shown): `);
