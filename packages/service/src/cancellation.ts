import * as E from 'fp-ts/Either';
import { ServiceFault } from './failure';

/**
 * Ends an act whose caller gave it up, as long as nothing of it is recorded.
 *
 * @param soFar - what is so, where something of it may be recorded
 */
export const unlessCancelled = (
  signal: AbortSignal | undefined,
  soFar = 'Nothing was recorded.',
): E.Either<ServiceFault, void> =>
  signal?.aborted === true
    ? E.left(new ServiceFault('cancelled', `The caller cancelled this call. ${soFar}`))
    : E.right(undefined);
