import * as E from 'fp-ts/Either';
import type { Failure } from '../failure';
import type { ServiceLog } from '../options';
import { pause } from '../pause';
import type { SweepReport } from './report';
import type { SweepRequest } from './request';
import type { Sweep } from './sweep';

const USUAL_INTERVAL_MS = 5 * 60_000;

export interface SweepUntilRequest extends Omit<SweepRequest, 'dryRun' | 'expire' | 'onProgress' | 'signal'> {
  /**
   * From the end of one sweep to the beginning of the next, in milliseconds, give or take a fifth; 5 minutes when
   * left out.
   */
  readonly everyMs?: number;
  readonly onSwept?: (report: SweepReport) => void;
  readonly onFailed?: (failure: Failure) => void;
}

/**
 * Sweeps at once and then at intervals, until it is told to stop: never two at a time. A sweep that fails, or an
 * `onSwept` that throws, is reported, and the next one tries again; so the promise never rejects.
 */
export type SweepUntil = (signal: AbortSignal, request: SweepUntilRequest) => Promise<void>;

export const makeSweepUntil =
  (sweep: Sweep, log: ServiceLog): SweepUntil =>
  async (signal, { everyMs = USUAL_INTERVAL_MS, onSwept, onFailed, ...request }) => {
    const sweepOnce = async (): Promise<void> => {
      try {
        const swept = await sweep({ ...request, signal })();
        if (E.isRight(swept)) {
          onSwept?.(swept.right);
        } else {
          log.warn({ actor: request.actor, code: swept.left.code }, 'sweep failed');
          onFailed?.(swept.left);
        }
      } catch {
        log.warn({ actor: request.actor, code: 'defect' }, 'sweep failed');
      }
    };
    while (!signal.aborted) {
      await sweepOnce();
      await pause(everyMs, signal);
    }
  };
