import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { Handler, Verdict } from './handler';
import { listedKey } from './knownKey';

/** Another name for a key, or none. One that is called so already stays it without an event. */
export const relabelKey: Handler<'RelabelKey'> = ({ keyring }, { keyId, label }) =>
  pipe(
    listedKey(keyring, keyId),
    E.chain((key): Verdict =>
      E.right(
        key.label === label
          ? []
          : [{ type: 'KeyRelabelled', data: { keyId, label, previousLabel: key.label } }],
      ),
    ),
  );

/** When the key is to be replaced, or that it need not be. A time that has passed is one as well. */
export const setKeyExpiry: Handler<'SetKeyExpiry'> = ({ keyring }, { keyId, expiresAt }) =>
  pipe(
    listedKey(keyring, keyId),
    E.chain((key): Verdict =>
      E.right(
        key.expiresAt === expiresAt
          ? []
          : [{ type: 'KeyExpiryChanged', data: { keyId, expiresAt, previousExpiresAt: key.expiresAt } }],
      ),
    ),
  );
