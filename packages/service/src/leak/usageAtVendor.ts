import { Instant, invalidInput, type Refusal } from '@keyturn/domain';
import type { UsageBucket, UsageWindow, VendorUsageOutcome } from '@keyturn/vendors';
import type { Secret } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as TE from 'fp-ts/TaskEither';
import type { TaskEither } from 'fp-ts/TaskEither';
import { withRequest } from '../commanding';
import type { CallContext } from '../context';
import type { Failure } from '../failure';
import type { MembersOf } from '../given';
import { keyAtVendor, refusalAtVendor, type AtVendorParts } from './atVendor';
import type { UsageAtVendorRequest } from './leakRequests';
import { keyNamedAtVendor } from './namedAtVendor';

type Counted = Extract<VendorUsageOutcome, { kind: 'usage' }>['usage'];

/** What the vendor itself counted of a key. */
export interface UsageAtVendor {
  readonly vendor: string;
  readonly vendorName: string;
  /** `no-usage-of-keys`: the vendor tells it of no single key. `not-found`: it has no key by that id. */
  readonly outcome: 'usage' | 'no-usage-of-keys' | 'not-found';
  /** What an exposure report takes as usage: `start,end,requests,tokens`; null where there is none. */
  readonly csv: string | null;
  readonly buckets: number;
  /** Rows in the buckets that name no key: they may be of other keys, too. */
  readonly rowsWithoutKey: number;
}

const ASKED: MembersOf<UsageAtVendorRequest> = {
  keyId: true,
  caseId: true,
  place: true,
  vendorKeyId: true,
  from: true,
  to: true,
};

const TIME_RULE = 'a time in whole milliseconds since 1970, and `to` one after `from`';

const windowGiven = ({ from, to }: UsageAtVendorRequest): E.Either<Refusal, UsageWindow> => {
  if (!Instant.is(from)) return E.left(invalidInput('from', TIME_RULE));
  return Instant.is(to) && from < to ? E.right({ from, to }) : E.left(invalidInput('to', TIME_RULE));
};

const rowOf = ({ start, end, requests, tokens }: UsageBucket): string =>
  [new Date(start).toISOString(), new Date(end).toISOString(), requests ?? '', tokens ?? ''].join(',');

const csvOf = ({ buckets }: Counted): string =>
  `${['start,end,requests,tokens', ...buckets.map(rowOf)].join('\n')}\n`;

export const makeUsageAtVendor = (parts: AtVendorParts) => ({
  /**
   * Asks the vendor what it counted of a reported key, as its list names the key, with the customer's own admin
   * credential. Changes nothing there, and records nothing.
   *
   * Refuses as `findAtVendor` does.
   *
   * @param credential - read, and never wiped: it stays the caller's
   */
  usageAtVendor: (
    context: CallContext,
    given: UsageAtVendorRequest,
    credential: Secret,
  ): TaskEither<Failure, UsageAtVendor> =>
    withRequest(given, ASKED, (request) =>
      pipe(
        keyAtVendor(parts, context, request),
        TE.chain((at) => async () => {
          const { key, signal, vendorAdmin, vendorName } = at;
          const named = keyNamedAtVendor(parts.vault, at, credential, request);
          if (E.isLeft(named)) return named;
          const { id, place } = named.right;
          const window = windowGiven(request);
          if (E.isLeft(window)) return window;
          const target = { vendor: key.vendor, place };
          const { outcome } = await credential.use((bytes) =>
            vendorAdmin.usage(bytes, target, id, window.right, signal)(),
          );
          const of = { vendor: key.vendor, vendorName };
          switch (outcome.kind) {
            case 'usage': {
              const { buckets, rowsWithoutKey } = outcome.usage;
              const csv = csvOf(outcome.usage);
              return E.right({ ...of, outcome: 'usage', csv, buckets: buckets.length, rowsWithoutKey });
            }
            case 'no-usage-of-keys':
            case 'not-found':
              return E.right({ ...of, outcome: outcome.kind, csv: null, buckets: 0, rowsWithoutKey: 0 });
            default:
              return E.left(refusalAtVendor(at, outcome));
          }
        }),
      ),
    ),
});
