import * as E from 'fp-ts/Either';
import { namesModel } from './contradictions';
import { destinationOf } from './destination';
import { exchangeHttp, type HttpRequest } from './httpExchange';
import { judge } from './judge';
import { killCheckResult, killCheckTable } from './killCheck';
import { vendorsOf } from './knownVendors';
import type { Prober, ProbeResult, ProbeTarget } from './probe';
import type { ProberOptions } from './proberOptions';
import { checkOptions } from './proberOptions';
import { readTarget } from './readTarget';
import { requestOf } from './request';
import { retryDelay } from './retryDelay';
import { Slots } from './slots';
import type { CalledTable } from './vendorTable';
import { withinTime } from './withinTime';

/** One attempt, and whether another may end otherwise. */
interface Attempt {
  readonly result: ProbeResult;
  readonly retry: boolean;
  readonly retryAfter: string | null;
  readonly modelGone: boolean;
}

type Call = Pick<HttpRequest, 'destination' | 'method' | 'headers' | 'body'> & { readonly model: string };

/** The customer's own word: a model that is gone is theirs to name anew, and not the operator's. */
const isNamedWithKey = ({ models }: CalledTable): boolean => models.length === 0;

/** The models to ask for. A call that names none is the same for each. */
const modelsOf = (table: CalledTable, target: ProbeTarget): ReadonlyArray<string> => {
  if (!namesModel(table)) return [''];
  return isNamedWithKey(table) ? [target.model ?? ''] : table.models;
};

type Calls = readonly [Call, ...Call[]];

/** A call for each model of the table, or null where nothing can be sent. */
const callsOf = (
  table: CalledTable,
  target: ProbeTarget,
  secret: Uint8Array,
  override: URL | undefined,
  allowedHosts: ReadonlySet<string>,
): Calls | null => {
  const models = modelsOf(table, target);
  const calls = models.flatMap((model): ReadonlyArray<Call> => {
    const destination = destinationOf(table, target, model, override, allowedHosts);
    const request = requestOf(table, model, secret);
    return E.isLeft(destination) || request === null
      ? []
      : [{ ...request, destination: destination.right, model }];
  });
  const [first, ...others] = calls;
  return first === undefined ? null : [first, ...others];
};

/**
 * Makes the engine that test-calls keys by the vendors' tables.
 *
 * Each attempt is one HTTPS request of the smallest generation that the vendor allows, on a connection of its own, to a
 * public address (through the operator's proxy where one is named), with certificates verified and redirects not
 * followed. Of calls at one vendor so many are under way at a time; the others wait for their turn.
 *
 * Undecided and throttled answers are tried again, with exponential backoff and full jitter. A throttled that lasts
 * counts as accepted: the key authenticated. Where the vendor has the table's first model no more, the second is asked
 * for. What the last attempt said stands once the time of the whole is up, or the signal aborts.
 *
 * `attempts: 0` in a result says that nothing was sent: the vendor is unknown, the target's endpoint, region or model
 * is not allowed, the secret can't stand in a header, or the signal had aborted already.
 *
 * @throws ProberFault when a table or an option is wrong; a probe itself neither throws nor rejects
 *
 * @example
 * const prober = makeProber({ endpointOverrides: { anthropic: 'http://127.0.0.1:8080' } });
 * const { verdict } = await prober.probe({ vendor: 'anthropic', endpoint: null, region: null }, secret)();
 */
export const makeProber = (options: ProberOptions = {}): Prober => {
  const settings = checkOptions(options);
  const { tables, overrides, retry, timeoutMs, now, sleep, random, resolveHost, onModelUnavailable } =
    settings;
  const slots = new Map([...tables.keys()].map((vendor) => [vendor, new Slots(settings.atOncePerVendor)]));
  const killCheckTables = new Map([...tables].map(([vendor, table]) => [vendor, killCheckTable(table)]));
  const told = new Set<string>();

  const tellOfModel = (vendor: string, model: string): void => {
    const name = `${vendor} ${model}`;
    if (told.has(name)) return;
    told.add(name);
    onModelUnavailable(vendor, model);
  };

  const nothingSent = (reason: 'connection' | 'timeout'): ProbeResult => ({
    verdict: { kind: 'inconclusive', reason },
    callStartedAt: now(),
    attempts: 0,
    evidence: { status: null, code: null, requestId: null, latencyMs: 0 },
  });

  const probe = async (
    table: CalledTable | undefined,
    target: ProbeTarget,
    secret: Uint8Array,
    signal: AbortSignal | undefined,
  ): Promise<ProbeResult> => {
    const slot = slots.get(target.vendor);
    if (table === undefined || slot === undefined) return nothingSent('connection');
    const calls = callsOf(table, target, secret, overrides.get(target.vendor), settings.allowedHosts);
    if (calls === null) return nothingSent('connection');
    if (!(await slot.enter(signal))) return nothingSent('timeout');
    try {
      // The caller may have given up since the turn came: a signal tells of that only once.
      if (signal?.aborted === true) return nothingSent('timeout');
      return await withinTime(settings.wholeTimeoutMs, signal, (ending) =>
        probeBy(table, calls, secret, ending),
      );
    } finally {
      slot.leave();
    }
  };

  const probeBy = async (
    table: CalledTable,
    calls: Calls,
    secret: Uint8Array,
    signal: AbortSignal,
  ): Promise<ProbeResult> => {
    const override = overrides.get(table.vendor);
    const attemptOnce = async ({ model, ...call }: Call, attempts: number): Promise<Attempt> => {
      const callStartedAt = now();
      const exchange = await exchangeHttp({
        ...call,
        requestIdHeader: table.requestId?.header ?? null,
        codeHeader: table.errors.codeHeader,
        timeoutMs,
        signal,
        resolveHost,
        proxy: override === undefined ? settings.proxy : null,
      });
      const latencyMs = Math.max(0, Math.round(now() - callStartedAt));
      const { verdict, evidence, modelGone, ...next } = judge(table, exchange, secret);
      if (modelGone && !isNamedWithKey(table)) tellOfModel(table.vendor, model);
      const called = override === undefined ? {} : { endpointOverride: override.origin };
      return {
        ...next,
        modelGone,
        result: { verdict, callStartedAt, attempts, evidence: { ...evidence, ...called, latencyMs } },
      };
    };

    let [call, ...otherModels] = calls;
    let tries = 1;
    for (let attempts = 1; ; attempts += 1) {
      const attempt = await attemptOnce(call, attempts);
      const [next, ...rest] = otherModels;
      if (attempt.modelGone && next !== undefined) {
        [call, otherModels, tries] = [next, rest, 1];
        continue;
      }
      const wait = attempt.retry ? retryDelay(retry, tries, attempt.retryAfter, now(), random()) : null;
      if (wait === null) return attempt.result;
      // A sleep that the signal cut short rejects: then what is known stands.
      const slept = await sleep(wait, signal).then(
        () => !signal.aborted,
        () => false,
      );
      if (!slept) return attempt.result;
      tries += 1;
    }
  };

  return {
    vendors: vendorsOf(tables, settings.ownVendors),
    readTarget: (given) => {
      const table = tables.get(given.vendor);
      return table === undefined ? E.right(given) : readTarget(table, given, settings.allowedHosts);
    },
    probe: (target, secret, signal) => () => probe(tables.get(target.vendor), target, secret, signal),
    killCheck: (target, secret, signal) => async () =>
      killCheckResult(await probe(killCheckTables.get(target.vendor), target, secret, signal)),
  };
};
