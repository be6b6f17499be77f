import { inCi } from '../inCi';
import { whyNoChromium } from './chromiumBinary';

/**
 * Gives jest's `describe` for tests that open pages in Chromium. Where it is missing the suite is left out:
 * `scripts/test` says so, and finds the suites by this function's name. In CI it is not left out, and fails.
 *
 * ```ts
 * const describeOnChromium = onChromium(describe);
 * ```
 */
export const onChromium = <D extends { readonly skip: unknown }>(describe: D): D | D['skip'] =>
  whyNoChromium() === null || inCi() ? describe : describe.skip;
