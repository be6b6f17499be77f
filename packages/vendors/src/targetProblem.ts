import * as E from 'fp-ts/Either';
import { destinationOf, type TargetProblem } from './destination';
import type { ProbeTarget } from './probe';
import { VENDOR_TABLES } from './vendors/tables';

/**
 * What is wrong with where a key is to be used, or null. To be asked before a key is added: once it is there, a probe
 * of such a target sends nothing and stays inconclusive. Of a vendor without a table nothing is known.
 *
 * @example
 * targetProblem({ vendor: 'openai', endpoint: null, region: 'mars' });
 * // { field: 'region', problem: 'eu or us for a key of OpenAI, or left out' }
 */
export const targetProblem = (target: ProbeTarget): TargetProblem | null => {
  const table = VENDOR_TABLES.find(({ vendor }) => vendor === target.vendor);
  if (table === undefined) return null;
  const destination = destinationOf(table, target, table.models[0] ?? '', undefined);
  return E.isLeft(destination) ? destination.left : null;
};
