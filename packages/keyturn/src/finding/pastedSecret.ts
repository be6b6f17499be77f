import { invalidInput } from '@keyturn/domain';
import type { Secret } from '@keyturn/vault';
import { isLeft } from 'fp-ts/Either';
import { refusalError } from '../errors';
import * as loaded from '../parts';
import { pastedText } from '../pasted';

/** What may surround a key that somebody sends in a mail: white space, and a pair of quotes. */
const SURROUNDED = /^\s*(["'`]?)([^]*?)\1\s*$/;

/**
 * The secret of a paste that is only to be recognised: it is held against what is on file, and never sent or stored.
 * Its owner wipes it.
 *
 * @throws KeyturnRefusal `paste-too-long`, `paste-not-text`, `invalid-input`
 */
export const pastedSecret = (pasted: string | Uint8Array): Secret => {
  const { Secret: Secrets } = loaded.vault();
  const [, , text = ''] = SURROUNDED.exec(pastedText(pasted)) ?? [];
  const secret = Secrets.from(text);
  if (isLeft(secret)) throw refusalError(invalidInput('pasted', 'a whole key, and nothing else'));
  return secret.right;
};
