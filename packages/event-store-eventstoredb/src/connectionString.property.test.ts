import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { parseConnectionString } from './connectionString';

const word = fc.stringMatching(/^[A-Za-z0-9]{1,12}$/);
/** Longer than any word of an error message could be by chance. */
const password = fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 });

describe('any user and password', () => {
  test('come back as they were given, percent-encoded', () => {
    fc.assert(
      fc.property(word, password, (username, secret) => {
        const text = `esdb://${encodeURIComponent(username)}:${encodeURIComponent(secret)}@host`;
        const settings = parseConnectionString(text);
        expect(E.isRight(settings) && settings.right.credentials()).toEqual({ username, password: secret });
      }),
    );
  });

  test('show in no error and in no settings, however they were written', () => {
    const text = fc
      .tuple(
        fc.constantFrom('esdb://', 'esdb+discover://', 'http://', ''),
        word,
        fc.constantFrom(':', '', '@', '/'),
        fc.oneof(password, password.map(encodeURIComponent)),
        fc.constantFrom('@host', '@', '@host,', '@host?tls=maybe', '@host?foo=bar', ''),
      )
      .map((parts) => ({ secret: parts[3], text: parts.join('') }));
    fc.assert(
      fc.property(text, ({ secret, text: connectionString }) => {
        const settings = parseConnectionString(connectionString);
        const shown = inspect(settings, { depth: Infinity, showHidden: true }) + JSON.stringify(settings);
        // Where the password became the name of a host, it is no password any more.
        const host = E.isRight(settings) && settings.right.credentials() === null;
        const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
        expect(forms.filter((form) => !host && shown.includes(form))).toEqual([]);
      }),
    );
  });
});
