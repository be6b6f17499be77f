import type { Keyturn } from '../keyturn';
import { ada, type AtWork } from './atWork';

/** A Keyturn with one key, which is the Default. */
export const withKey = async ({
  open,
  sandbox,
}: AtWork): Promise<{ keyturn: Keyturn; pasted: string; keyId: string }> => {
  const keyturn = await open();
  const pasted = sandbox.issueKey('anthropic');
  const { key } = await keyturn.keys.add(ada, { vendor: 'anthropic', pasted });
  return { keyturn, pasted, keyId: key.keyId };
};

/** How each run ended, newest first; null for one that is open. */
export const outcomes = async (keyturn: Keyturn): Promise<ReadonlyArray<string | null>> =>
  (await keyturn.runs.list(ada)).runs.map(({ outcome }) => outcome);

/** The reason of a signal, once it has aborted. */
export const untilAborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener('abort', () => {
      resolve(signal.reason);
    });
  });
