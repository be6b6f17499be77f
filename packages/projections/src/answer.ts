import type * as TE from 'fp-ts/TaskEither';
import type { BuiltQueries } from './builtQueries';
import type { ProjectionFault } from './faults';

export type Answer<A> = TE.TaskEither<ProjectionFault, A>;
export type ReadonlyRows<A> = Answer<ReadonlyArray<A>>;
/** A query whose text depends on what is asked. */
export type Ask<Q extends keyof BuiltQueries> = (
  ...asked: Parameters<BuiltQueries[Q]>
) => Answer<Awaited<ReturnType<BuiltQueries[Q]>>>;
