import * as E from 'fp-ts/Either';
import { endpointKind, readEndpoint } from './customersEndpoint';
import { destinationOf } from './destination';
import type { ProbeTarget } from './probe';
import type { TargetProblem } from './targetProblem';
import type { CalledTable } from './vendorTable';

/**
 * A target as its test calls read it.
 *
 * @param allowedHosts hosts of endpoints that may be inside a private network, on the operator's word
 */
export const readTarget = (
  table: CalledTable,
  given: ProbeTarget,
  allowedHosts: ReadonlySet<string>,
): E.Either<TargetProblem, ProbeTarget> => {
  const destination = destinationOf(table, given, table.models[0] ?? '', undefined, allowedHosts);
  if (E.isLeft(destination)) return destination;
  const kind = endpointKind(table);
  return E.right(
    kind === null || given.endpoint === null
      ? given
      : { ...given, endpoint: readEndpoint(kind, given.endpoint, allowedHosts) },
  );
};
