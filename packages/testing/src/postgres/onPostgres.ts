import { whyNoPostgres } from './binaries';

const isCi = (): boolean => !['', '0', 'false'].includes(process.env['CI'] ?? '');

/**
 * Gives jest's `describe` for tests that start a PostgreSQL server. Where its programs are missing the suite is left out:
 * `scripts/test` says so, and finds the suites by the words `onPostgres(describe)`. In CI it is not left out, and fails.
 *
 * ```ts
 * const describeOnPostgres = onPostgres(describe);
 * ```
 */
export const onPostgres = <D extends { readonly skip: unknown }>(describe: D): D | D['skip'] =>
  whyNoPostgres() === null || isCi() ? describe : describe.skip;
