import { everyState } from '../exhaustive/everyState';
import { falseAlarms } from '../exposure/falseAlarms';
import { schedules } from '../schedules/schedules';
import { canaries } from './canaries/canaries';
import type { TrustCheck } from './check';
import { forgery, forgeryOnEventStoreDb, forgeryOnPostgres } from './forgery/forgery';
import { kills, killsOnPostgres } from './kills/kills';
import { noFallback, noFallbackOnPostgres } from './noFallback/noFallback';
import { operatorPath } from './operatorPath/operatorPath';
import { restore, restoreOnEventStoreDb, restoreOnPostgres } from './restore/restore';
import { samples } from './samples/samples';
import { shredding, shreddingOnPostgres } from './shredding/shredding';
import { strangers } from './strangers/strangers';

/** Every check, in the order in which they run. */
export const CHECKS: ReadonlyArray<TrustCheck> = [
  operatorPath,
  everyState,
  strangers,
  noFallback,
  noFallbackOnPostgres,
  canaries,
  falseAlarms,
  schedules,
  shredding,
  shreddingOnPostgres,
  kills,
  killsOnPostgres,
  forgery,
  forgeryOnEventStoreDb,
  forgeryOnPostgres,
  restore,
  restoreOnEventStoreDb,
  restoreOnPostgres,
  samples,
];
