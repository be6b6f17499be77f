import { defaultPolicy, quotable, type Policy } from '@keyturn/domain';
import { faultError, type KeyturnFault } from './errors';
import type { KeyturnOptions } from './keyturn';
import type { KeyturnReaderOptions } from './keyturnReader';

const bad = (message: string): KeyturnFault => faultError('bad-option', 'set-up', message);

/** A hundred years: nobody means more. */
const MOST_DAYS = 36_500;

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 1;

/** They are shown as they are, in one line. */
const isPage = (text: unknown): boolean =>
  typeof text === 'string' && /^https?:\/\/[\x21-\x7e]{1,256}$/.test(text);
const isAddress = (text: unknown): boolean =>
  typeof text === 'string' && /^[\x21-\x3f\x41-\x7e]{1,64}@[\x21-\x3f\x41-\x7e]{1,190}$/.test(text);

const isLog = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['info', 'warn'].every((level) => typeof Reflect.get(value, level) === 'function');

/** Every option there is, of who opens the vault and of who only reads. */
const OPTIONS: { readonly [N in keyof KeyturnOptions | keyof KeyturnReaderOptions]-?: true } = {
  directory: true,
  eventStore: true,
  vault: true,
  readModels: true,
  refusals: true,
  onProgress: true,
  masterKey: true,
  authorize: true,
  create: true,
  deploymentId: true,
  housekeeping: true,
  dryRunOnly: true,
  project: true,
  log: true,
  telemetry: true,
  policy: true,
  words: true,
  rotateAfterDays: true,
  revalidateAfterDays: true,
  testCallsPerMinute: true,
  vendorTables: true,
  endpointOverrides: true,
  proxy: true,
  allowPrivateHosts: true,
  statusUrl: true,
  supportAddress: true,
  securityAddress: true,
};

const YES_OR_NO: ReadonlyArray<string> = ['housekeeping', 'dryRunOnly', 'project', 'telemetry'];

/** A mistyped option would be passed over, and `'false'` taken for a yes. */
const refuseMistyped = (options: object): void => {
  const given: ReadonlyArray<readonly [string, unknown]> = Object.entries(options);
  for (const [name, value] of given) {
    if (!Object.hasOwn(OPTIONS, name)) throw bad(`There is no option ${quotable(name)}.`);
    if (value !== undefined && YES_OR_NO.includes(name) && typeof value !== 'boolean') {
      throw bad(`The option ${name} takes true or false.`);
    }
  }
};

/**
 * What a caller without types could have got wrong, told before anything is opened.
 *
 * @throws KeyturnFault `bad-option`
 */
export const refuseBadOptions = (options: {
  readonly authorize: unknown;
  readonly log?: unknown;
  readonly vendorTables?: unknown;
  readonly testCallsPerMinute?: number;
  readonly rotateAfterDays?: number;
  readonly revalidateAfterDays?: number;
  readonly policy?: Policy;
  readonly statusUrl?: string;
  readonly supportAddress?: string;
  readonly securityAddress?: string;
}): void => {
  refuseMistyped(options);
  const { authorize, log, testCallsPerMinute, rotateAfterDays, revalidateAfterDays, policy } = options;
  if (typeof authorize !== 'function') {
    throw bad('The option authorize takes a function: your rule of who may do what.');
  }
  if (log !== undefined && !isLog(log)) {
    throw bad('The option log takes an object with the functions info and warn, such as a pino logger.');
  }
  if (options.vendorTables !== undefined && !Array.isArray(options.vendorTables)) {
    throw bad('The option vendorTables takes a list of vendor tables.');
  }
  if (testCallsPerMinute !== undefined && !isCount(testCallsPerMinute)) {
    throw bad('The option testCallsPerMinute takes a whole number, 1 or more.');
  }
  for (const [name, days] of Object.entries({ rotateAfterDays, revalidateAfterDays })) {
    if (days !== undefined && !(isCount(days) && days <= MOST_DAYS)) {
      throw bad(`The option ${name} takes a whole number of days, 1 to ${MOST_DAYS}.`);
    }
  }
  const { statusUrl, supportAddress, securityAddress } = options;
  if (statusUrl !== undefined && !isPage(statusUrl)) {
    throw bad('The option statusUrl takes the address of a page, such as https://status.example.com.');
  }
  for (const [name, address] of Object.entries({ supportAddress, securityAddress })) {
    if (address !== undefined && !isAddress(address)) {
      throw bad(`The option ${name} takes an address of e-mail, such as support@example.com.`);
    }
  }
  if (policy === undefined) return;
  const given: ReadonlyMap<string, unknown> = new Map(Object.entries(policy));
  const wrong = Object.keys(defaultPolicy).find((name) => !isCount(given.get(name)));
  if (wrong !== undefined) throw bad(`The option policy.${wrong} takes a whole number, 1 or more.`);
};
