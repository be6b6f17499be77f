import { toggle } from '../input/flags';
import { readPaste } from '../input/stdinSecret';
import type { Session } from '../session';

export const pastedFlag = toggle('--pasted', 'the key itself is on standard input');

/** What a request has of the key itself; nothing where it was not asked for. */
interface MaybePasted {
  readonly pasted?: string | Uint8Array;
}

/** Reads the key itself, where it is given, and wipes what can be wiped of it once it was used. */
export const withPasted = async <A>(
  { io }: Session,
  isPasted: boolean,
  use: (given: MaybePasted) => Promise<A>,
): Promise<A> => {
  const { ask, stdin } = io;
  const pasted = !isPasted
    ? null
    : await (ask === null ? readPaste(stdin) : ask('Paste the key (it is not shown): '));
  io.doneAsking?.();
  try {
    return await use(pasted === null ? {} : { pasted });
  } finally {
    if (pasted !== null && typeof pasted !== 'string') pasted.fill(0);
  }
};
