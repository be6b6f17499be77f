import type { Destination } from '../destination';
import { exchangeHttp } from '../httpExchange';
import type { ProberSettings } from '../proberOptions';
import { retryDelay } from '../retryDelay';
import type { VendorTable } from '../vendorTable';
import type { AdminApi, AdminCall } from './adminApi';
import { readAdminAnswer, type AdminReading } from './readAdminAnswer';
import type { AdminEvidence, AdminUnavailable } from './vendorAdmin';

/** A page of a list. A hundred keys have some fifty thousand bytes; usage of a week in rows has more. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** What stands for `{place}`, `{key}`, `{from}` and `{to}`. */
export type Filling = Readonly<Partial<Record<'place' | 'key' | 'from' | 'to', string>>>;

export type AdminAnswer =
  | { readonly kind: 'success'; readonly json: unknown }
  | {
      readonly kind: 'error';
      readonly meaning: 'admin-credential-refused' | 'not-permitted' | 'not-found' | 'not-revocable';
    }
  | { readonly kind: 'unavailable'; readonly reason: AdminUnavailable };

/** What one call is made of, beside the table's. */
export interface AdminRequest {
  readonly call: AdminCall;
  readonly filling: Filling;
  /** Parameters of a page. */
  readonly page?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const filled = (text: string, filling: Filling, write: (value: string) => string): string =>
  text.replace(/\{(place|key|from|to)\}/g, (whole, name: string) => {
    const value = Object.entries(filling).find(([known]) => known === name)?.[1];
    return value === undefined ? whole : write(value);
  });

const addressOf = ({ call, filling, page = {} }: AdminRequest, override: URL | undefined): URL => {
  const url = new URL(filled(call.url, filling, encodeURIComponent));
  for (const [name, value] of Object.entries({ ...call.query, ...page })) {
    url.searchParams.append(
      name,
      filled(value, filling, (text) => text),
    );
  }
  return override === undefined ? url : new URL(url.pathname + url.search, override);
};

/**
 * The calls of one operation: they share a credential, the time for all of them, and what is kept of the last answer.
 * Each is one HTTPS request as test calls are (`exchangeHttp`), and is tried again as those are.
 */
export class AdminSession {
  readonly #table: VendorTable;
  readonly #admin: AdminApi;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #settings: ProberSettings;
  readonly #signal: AbortSignal;
  #calls = 0;
  #status: number | null = null;
  #code: string | null = null;

  constructor(
    table: VendorTable,
    admin: AdminApi,
    headers: Readonly<Record<string, string>>,
    settings: ProberSettings,
    signal: AbortSignal,
  ) {
    this.#table = table;
    this.#admin = admin;
    this.#headers = headers;
    this.#settings = settings;
    this.#signal = signal;
  }

  get evidence(): AdminEvidence {
    const override = this.#override;
    return {
      status: this.#status,
      code: this.#code,
      calls: this.#calls,
      ...(override === undefined ? {} : { endpointOverride: override.origin }),
    };
  }

  get #override(): URL | undefined {
    return this.#settings.overrides.get(this.#table.vendor);
  }

  /** Makes a call until it is answered for good, or until no attempts are left. All of them may be made twice. */
  async ask(request: AdminRequest): Promise<AdminAnswer> {
    const { retry, now, random } = this.#settings;
    for (let tries = 1; ; tries += 1) {
      const { answer, retryAfter, again } = await this.#askOnce(request);
      const wait = again ? retryDelay(retry, tries, retryAfter, now(), random()) : null;
      if (wait === null || !(await this.pause(wait))) return answer;
    }
  }

  /** @returns false when the time was up, or the caller gave up, before that */
  async pause(ms: number): Promise<boolean> {
    return this.#settings.sleep(ms, this.#signal).then(
      () => !this.#signal.aborted,
      () => false,
    );
  }

  async #askOnce(
    request: AdminRequest,
  ): Promise<{ readonly answer: AdminAnswer; readonly retryAfter: string | null; readonly again: boolean }> {
    if (this.#signal.aborted) {
      return { answer: { kind: 'unavailable', reason: 'timeout' }, retryAfter: null, again: false };
    }
    const override = this.#override;
    const { call, headers = {} } = request;
    const body = call.body === null ? '' : JSON.stringify(call.body);
    const destination: Destination = {
      url: addressOf(request, override),
      publicOnly: override === undefined,
      isCustomers: false,
    };
    this.#calls += 1;
    const exchange = await exchangeHttp({
      destination,
      method: call.method,
      headers: {
        ...headers,
        ...this.#headers,
        ...(body === '' ? {} : { 'content-type': 'application/json' }),
      },
      body,
      requestIdHeader: null,
      codeHeader: null,
      timeoutMs: this.#settings.timeoutMs,
      bodyLimit: BODY_LIMIT,
      signal: this.#signal,
      resolveHost: this.#settings.resolveHost,
      proxy: override === undefined ? this.#settings.proxy : null,
    });
    if (exchange.kind === 'failure') {
      this.keep({ status: null, code: null });
      const answer = { kind: 'unavailable', reason: exchange.reason } as const;
      return { answer, retryAfter: null, again: exchange.retry };
    }
    const reading = readAdminAnswer(this.#table, this.#admin, call, exchange);
    this.keep({ status: exchange.status, code: reading.kind === 'error' ? reading.code : null });
    const answer = answerOf(reading);
    return { answer, retryAfter: exchange.retryAfter, again: answer.kind === 'unavailable' };
  }

  /** Keeps what an answer said, or goes back to an earlier one, where a later one was only to look. */
  keep({ status, code }: Pick<AdminEvidence, 'status' | 'code'>): void {
    this.#status = status;
    this.#code = code;
  }
}

const answerOf = (reading: AdminReading): AdminAnswer => {
  if (reading.kind === 'success') return reading;
  switch (reading.meaning) {
    case 'throttled':
    case 'vendor-error':
    case 'unrecognised-answer':
      return { kind: 'unavailable', reason: reading.meaning };
    default:
      return { kind: 'error', meaning: reading.meaning };
  }
};
