import type { VendorRevocation } from 'keyturn';
import { readPaste } from '../input/stdinSecret';
import type { Session } from '../session';

/**
 * Reads an admin credential from standard input, or from a hidden prompt, for one use, and wipes it afterwards.
 *
 * @param more - what a person is told besides, before it is asked for
 */
export const withAdminCredential = async <A>(
  { io }: Session,
  { credential, credentialPage, only }: VendorRevocation,
  more: string,
  use: (adminCredential: string | Uint8Array) => Promise<A>,
): Promise<A> => {
  const { ask, doneAsking, stderr, stdin } = io;
  if (ask !== null) {
    const plans = only === null ? '' : ` It is there for ${only}.`;
    await stderr.write(
      `This takes ${credential.replaceAll('`', '')}, made at ${credentialPage}.${plans}\n` +
        `It is used for this command alone, and kept nowhere. ${more}\n`,
    );
  }
  const given = await (ask === null
    ? readPaste(stdin)
    : ask('Paste the admin credential (it is not shown): '));
  doneAsking?.();
  try {
    return await use(given);
  } finally {
    if (typeof given !== 'string') given.fill(0);
  }
};
