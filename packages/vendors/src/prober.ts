import * as E from 'fp-ts/Either';
import { destinationOf } from './destination';
import { exchangeHttp } from './httpExchange';
import { judge } from './judge';
import type { Prober, ProbeResult, ProbeTarget } from './probe';
import type { ProberOptions } from './proberOptions';
import { checkOptions } from './proberOptions';
import { requestOf } from './request';
import { retryDelay } from './retryDelay';

/** One attempt, and whether another may end otherwise. */
interface Attempt {
  readonly result: ProbeResult;
  readonly retry: boolean;
  readonly retryAfter: string | null;
}

/**
 * Makes the engine that test-calls keys by the vendors' tables.
 *
 * Each attempt is one HTTPS request of the smallest generation that the vendor allows, on a connection of its own, to a
 * public address, with certificates verified and redirects not followed. Undecided and throttled answers are tried
 * again, with exponential backoff and full jitter. A throttled that lasts counts as accepted: the key authenticated.
 *
 * `attempts: 0` in a result says that nothing was sent: the vendor is unknown, the target's endpoint or region is not
 * allowed, the secret can't stand in a header, or the signal had aborted already.
 *
 * @throws ProberFault when a table or an option is wrong; a probe itself neither throws nor rejects
 *
 * @example
 * const prober = makeProber({ endpointOverrides: { anthropic: 'http://127.0.0.1:8080' } });
 * const { verdict } = await prober.probe({ vendor: 'anthropic', endpoint: null, region: null }, secret)();
 */
export const makeProber = (options: ProberOptions = {}): Prober => {
  const { tables, overrides, retry, timeoutMs, now, sleep, random, resolveHost } = checkOptions(options);

  const nothingSent = (reason: 'connection' | 'timeout'): ProbeResult => ({
    verdict: { kind: 'inconclusive', reason },
    callStartedAt: now(),
    attempts: 0,
    evidence: { status: null, code: null, requestId: null, latencyMs: 0 },
  });

  const probe = async (
    target: ProbeTarget,
    secret: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<ProbeResult> => {
    const table = tables.get(target.vendor);
    if (table === undefined) return nothingSent('connection');
    const override = overrides.get(target.vendor);
    const destination = destinationOf(table, target, override);
    const request = requestOf(table, secret);
    if (E.isLeft(destination) || request === null) return nothingSent('connection');
    if (signal?.aborted === true) return nothingSent('timeout');

    const attemptOnce = async (attempts: number): Promise<Attempt> => {
      const callStartedAt = now();
      const exchange = await exchangeHttp({
        ...request,
        destination: destination.right,
        requestIdHeader: table.requestIdHeader,
        timeoutMs,
        signal,
        resolveHost,
      });
      const latencyMs = Math.max(0, Math.round(now() - callStartedAt));
      const { verdict, evidence, ...next } = judge(table, exchange, secret);
      const called = override === undefined ? {} : { endpointOverride: override.origin };
      return {
        ...next,
        result: { verdict, callStartedAt, attempts, evidence: { ...evidence, ...called, latencyMs } },
      };
    };

    for (let attempts = 1; ; attempts += 1) {
      const attempt = await attemptOnce(attempts);
      const wait = attempt.retry ? retryDelay(retry, attempts, attempt.retryAfter, now(), random()) : null;
      if (wait === null) return attempt.result;
      // A sleep that the signal cut short rejects: then what is known stands.
      const slept = await sleep(wait, signal).then(
        () => signal?.aborted !== true,
        () => false,
      );
      if (!slept) return attempt.result;
    }
  };

  return {
    vendors: [...tables.values()].map(({ vendor, displayName }) => ({ vendor, displayName })),
    probe: (target, secret, signal) => () => probe(target, secret, signal),
  };
};
