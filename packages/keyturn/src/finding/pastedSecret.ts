import { invalidInput } from '@keyturn/domain';
import type { Secret } from '@keyturn/vault';
import { isLeft } from 'fp-ts/Either';
import { refusalError } from '../errors';
import * as loaded from '../parts';
import { pastedText } from '../pasted';

const A_KEY = { field: 'pasted', rule: 'a whole key, and nothing else' };

const QUOTES = ['"', "'", '`'];

/**
 * Without what may surround a key that somebody sends in a mail: white space, and a pair of quotes. No expression: the
 * engine would keep the text of its match, and take long for one of much white space.
 */
const bare = (pasted: string): string => {
  const text = pasted.trim();
  const isQuoted = text.length > 1 && QUOTES.some((quote) => text.startsWith(quote) && text.endsWith(quote));
  return isQuoted ? text.slice(1, -1) : text;
};

/**
 * The secret of a paste that is only to be recognised: it is held against what is on file, and never sent or stored.
 * Its owner wipes it.
 *
 * @throws KeyturnRefusal `paste-too-long`, `paste-not-text`, `invalid-input`
 */
export const pastedSecret = (
  pasted: string | Uint8Array,
  { field, rule }: { readonly field: string; readonly rule: string } = A_KEY,
): Secret => {
  const { Secret: Secrets } = loaded.vault();
  const secret = Secrets.from(bare(pastedText(pasted)));
  if (isLeft(secret)) throw refusalError(invalidInput(field, rule));
  return secret.right;
};
