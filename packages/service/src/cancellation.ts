import * as E from 'fp-ts/Either';
import { ServiceFault } from './failure';

/** Ends an act whose caller gave it up, as long as nothing of it is recorded. */
export const unlessCancelled = (signal: AbortSignal | undefined): E.Either<ServiceFault, void> =>
  signal?.aborted === true
    ? E.left(new ServiceFault('cancelled', 'The caller cancelled this call. Nothing was recorded.'))
    : E.right(undefined);
