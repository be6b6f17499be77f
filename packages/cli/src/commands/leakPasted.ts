import { toggle } from '../input/flags';
import { readPaste } from '../input/stdinSecret';
import type { Io } from '../io';

export const pastedFlag = toggle('--pasted', 'the key itself is on standard input');

/** What a request has of the key itself; nothing where it was not asked for. */
interface MaybePasted {
  readonly pasted?: string | Uint8Array;
}

/** Reads the key itself, where it is given, and wipes what can be wiped of it once it was used. */
export const withPasted = async <A>(
  { io }: { readonly io: Pick<Io, 'ask' | 'stdin' | 'doneAsking'> },
  isPasted: boolean,
  use: (given: MaybePasted) => Promise<A>,
): Promise<A> => {
  // Another secret may be asked for then: what is typed ahead of that stays hidden.
  if (!isPasted) return use({});
  const { ask, stdin } = io;
  const pasted = await (ask === null ? readPaste(stdin) : ask('Paste the key (it is not shown): '));
  io.doneAsking?.();
  try {
    return await use({ pasted });
  } finally {
    if (typeof pasted !== 'string') pasted.fill(0);
  }
};
