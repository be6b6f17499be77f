import * as E from 'fp-ts/Either';
import { destinationOf } from './destination';
import type { ProbeTarget } from './probe';
import { VENDOR_TABLES } from './tables';

/**
 * What is wrong with where a key is to be used, as a sentence to act on, or null. To be asked before a key is added:
 * once it is there, a probe of such a target sends nothing and stays inconclusive.
 *
 * @example
 * targetProblem({ vendor: 'anthropic', endpoint: 'https://10.0.0.1', region: null });
 * // 'Anthropic keys have no endpoint of their own: leave it out.'
 */
export const targetProblem = (target: ProbeTarget): string | null => {
  const table = VENDOR_TABLES.find(({ vendor }) => vendor === target.vendor);
  if (table === undefined) {
    return `No vendor "${target.vendor}" is known. Known: ${VENDOR_TABLES.map(({ vendor }) => vendor).join(', ')}.`;
  }
  const destination = destinationOf(table, target, undefined);
  return E.isLeft(destination) ? destination.left : null;
};
