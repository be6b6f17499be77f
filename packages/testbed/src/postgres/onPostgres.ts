import { inCi } from '../inCi';
import { whyNoPostgres } from './binaries';

/**
 * Gives jest's `describe` for tests that start a PostgreSQL server. Where its programs are missing the suite is left
 * out: `scripts/test` says so, and finds the suites by this function's name, and by those of the vault's own tests that
 * go by way of it. In CI it is not left out, and fails.
 *
 * ```ts
 * const describeOnPostgres = onPostgres(describe);
 * ```
 */
export const onPostgres = <D extends { readonly skip: unknown }>(describe: D): D | D['skip'] =>
  whyNoPostgres() === null || inCi() ? describe : describe.skip;
