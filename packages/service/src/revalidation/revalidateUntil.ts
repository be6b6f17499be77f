import * as E from 'fp-ts/Either';
import type { ServiceLog } from '../options';
import { pause } from '../pause';
import type { Revalidate, RevalidateRequest } from './revalidate';

const EVERY_MS = 5 * 60_000;

/** Looks for keys with an old verdict at intervals, until it is told to stop. The promise never rejects. */
export type RevalidateUntil = (
  signal: AbortSignal,
  request: Omit<RevalidateRequest, 'signal'>,
) => Promise<void>;

export const makeRevalidateUntil =
  (revalidate: Revalidate, log: ServiceLog): RevalidateUntil =>
  async (signal, request) => {
    const round = async (): Promise<void> => {
      try {
        const done = await revalidate({ ...request, signal })();
        if (E.isLeft(done)) log.warn({ actor: request.actor, code: done.left.code }, 'revalidation failed');
      } catch {
        log.warn({ actor: request.actor, code: 'defect' }, 'revalidation failed');
      }
    };
    // The pause is first: a process that is started again and again does not call vendors each time.
    await pause(EVERY_MS, signal);
    while (!signal.aborted) {
      await round();
      await pause(EVERY_MS, signal);
    }
  };
