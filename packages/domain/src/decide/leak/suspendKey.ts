import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import { isListed } from '../../state/keyEntry';
import type { Handler, Verdict } from '../handler';
import { listedKey, notOnFile } from '../knownKey';
import { reportedKey } from './reportedKey';

/** Nothing but a kill check gets the secret from here on. Nothing moves: a Default stays Default, and refuses. */
export const suspendKey: Handler<'SuspendKey'> = ({ keyring }, { keyId, caseId }) =>
  pipe(
    reportedKey(keyring, { keyId, caseId }),
    E.chain(({ key }): Verdict => {
      if (!isListed(key)) return E.left(notOnFile(key));
      const { suspended, openRuns } = key;
      return E.right(suspended ? [] : [{ type: 'KeySuspended', data: { keyId, caseId, openRuns } }]);
    }),
  );

/** The key serves again as before. Its report stays. */
export const reinstateKey: Handler<'ReinstateKey'> = ({ keyring }, { keyId, caseId }) =>
  pipe(
    listedKey(keyring, keyId),
    E.map(({ suspended }) => (suspended ? [{ type: 'KeyReinstated', data: { keyId, caseId } }] : [])),
  );
