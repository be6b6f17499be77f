import type { Mutation } from './mutation';
import { CANARIES } from './ofCanaries';
import { KILLS } from './ofKills';
import { NO_FALLBACK } from './ofNoFallback';
import { OPERATOR_PATH } from './ofOperatorPath';
import { POSTGRES } from './ofPostgres';
import { SHREDDING } from './ofShredding';

/** For each promise, safeguards that it rests on. */
export const MUTATIONS: ReadonlyArray<Mutation> = [
  ...SHREDDING,
  ...NO_FALLBACK,
  ...OPERATOR_PATH,
  ...CANARIES,
  ...KILLS,
  ...POSTGRES,
];
