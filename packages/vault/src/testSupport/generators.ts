import { randomBytes } from 'node:crypto';
import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { Secret } from '../secret';
import type { KeyBinding } from '../vault';

/** A secret of the given text, which must be one. */
export const secretOf = (text: string | Uint8Array): Secret => {
  const made = Secret.from(text);
  if (E.isLeft(made)) {
    throw new Error(made.left.message);
  }
  return made.right;
};

/** Made at run time: no test has a constant that looks like a key. */
export const randomText = (length = 40): string => randomBytes(length).toString('base64url').slice(0, length);

const printable = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));

export const secretTexts = fc.string({ unit: printable, minLength: 16, maxLength: 600 });

export const ids = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);

/** `fc.webUrl` takes half a second to be made, in every suite. */
const urls = fc
  .tuple(fc.domain(), fc.string({ unit: printable }))
  .map(([host, path]) => `https://${host}/${encodeURI(path)}`);

/** What a row is bound to, but the fingerprint. */
export const names: fc.Arbitrary<Omit<KeyBinding, 'fingerprint'>> = fc.record({
  workspaceId: ids,
  keyId: ids,
  vendor: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/),
  endpoint: fc.option(urls),
});
