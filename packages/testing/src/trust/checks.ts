import type { TrustCheck } from './check';
import { shredding } from './shredding/shredding';

/** Every check, in the order in which they run. */
export const CHECKS: ReadonlyArray<TrustCheck> = [shredding];
