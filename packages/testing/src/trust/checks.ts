import { canaries } from './canaries/canaries';
import type { TrustCheck } from './check';
import { kills } from './kills/kills';
import { noFallback } from './noFallback/noFallback';
import { operatorPath } from './operatorPath/operatorPath';
import { shredding } from './shredding/shredding';

/** Every check, in the order in which they run. */
export const CHECKS: ReadonlyArray<TrustCheck> = [operatorPath, noFallback, canaries, shredding, kills];
