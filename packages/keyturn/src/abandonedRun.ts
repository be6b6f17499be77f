import { faultError, type KeyturnError } from './errors';

/** How long a function may take to end once its signal has aborted; then its secret is wiped all the same. */
const ABORTED_MS = 1_000;

/** The run was cancelled, and the function that has its secret is not waited for. */
export const runCancelled = (cause: unknown): KeyturnError =>
  faultError(
    'cancelled',
    'service',
    'The run was cancelled before its function ended. Its secret is wiped.',
    cause,
  );

/** Rejects some time after the signal has aborted, for a function that does not end by it. */
export const abandonedAfter = (
  signal: AbortSignal,
): { readonly abandoned: Promise<never>; readonly dispose: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: () => void = () => undefined;
  const abandoned = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => {
        reject(runCancelled(signal.reason));
      }, ABORTED_MS);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  return {
    abandoned,
    dispose: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
};
