import { vendorsOf } from '../knownVendors';
import { checkOptions, type ProberOptions } from '../proberOptions';
import type { VendorTable } from '../vendorTable';
import { withinTime } from '../withinTime';
import type { AdminApi } from './adminApi';
import { isAdminId, readVendorKeyId } from './adminIds';
import type { AdminOperation } from './adminOperation';
import { AdminSession } from './adminSession';
import { credentialHeaders } from './credential';
import { fetchUsage } from './fetchUsage';
import { findKeys } from './findKeys';
import { revoke } from './revoke';
import type { AdminRefusal, AdminResult, VendorAdmin, VendorAdminTarget } from './vendorAdmin';

/** For all calls of an operation: a large organisation has hundreds of projects, each with a list of its own. */
const WHOLE_TIMEOUT_MS = 120_000;

const NAMED = 'as the list of keys names it';

const nothingSent = (outcome: AdminRefusal): AdminResult<AdminRefusal> => ({
  outcome,
  evidence: { status: null, code: null, calls: 0 },
});

/** What is wrong with the place, or null. */
const placeProblem = ({ place }: AdminApi, named: string | null): AdminRefusal | null => {
  if (place === null) return null;
  if (place.of === 'named') {
    return named !== null && new RegExp(place.pattern).test(named)
      ? null
      : { kind: 'target-unfit', field: 'place', wanted: place.inWords };
  }
  return named === null || isAdminId(named)
    ? null
    : { kind: 'target-unfit', field: 'place', wanted: `the id of a ${place.name}, or left out` };
};

/**
 * Makes the engine that lists and revokes keys at their vendors by the vendors' tables, with the customer's own admin
 * credential. Its calls are made as test calls are: over verified TLS, to the vendor's public address or through the
 * operator's proxy, redirects not followed, tried again with growing waits, within one time-out for the whole
 * (`wholeTimeoutMs`, here 120,000), and ended by the signal. `calls: 0` in a result says that nothing was sent.
 *
 * @throws ProberFault when a table or an option is wrong; an operation itself neither throws nor rejects
 *
 * @example
 * const vendorAdmin = makeVendorAdmin();
 * const target = { vendor: 'anthropic', place: null };
 * const { outcome } = await vendorAdmin.findKeys(adminCredential, target, { last4: 'igAA', onFileSince: null })();
 * if (outcome.kind === 'found') console.log(outcome.keys.map(({ hint, name }) => `${name} ${hint}`));
 */
export const makeVendorAdmin = (options: ProberOptions = {}): VendorAdmin => {
  const settings = checkOptions({ wholeTimeoutMs: WHOLE_TIMEOUT_MS, ...options });
  const { keyForms } = vendorsOf(settings.tables, settings.ownVendors);

  const begun = (
    table: VendorTable,
    admin: AdminApi,
    credential: Uint8Array,
    place: string | null,
  ): AdminRefusal | ((signal: AbortSignal) => AdminOperation) => {
    const headers = credentialHeaders(table, admin, credential, keyForms(table.vendor).sightings);
    if (headers === null) return { kind: 'credential-unfit', wanted: admin.credential.inWords };
    return (signal) => ({
      session: new AdminSession(table, admin, headers, settings, signal),
      admin,
      place: admin.place === null ? null : place,
      credential,
      now: settings.now,
    });
  };

  const operate = async <O>(
    credential: Uint8Array,
    { vendor, place }: VendorAdminTarget,
    signal: AbortSignal | undefined,
    problem: (admin: AdminApi) => AdminRefusal | null,
    work: (operation: AdminOperation) => Promise<O>,
  ): Promise<AdminResult<O | AdminRefusal>> => {
    const table = settings.tables.get(vendor);
    const admin = table?.admin ?? null;
    if (table === undefined || admin === null) return nothingSent({ kind: 'no-admin-api' });
    const unfit = problem(admin);
    if (unfit !== null) return nothingSent(unfit);
    const begin = begun(table, admin, credential, place);
    if (typeof begin !== 'function') return nothingSent(begin);
    if (signal?.aborted === true) return nothingSent({ kind: 'unavailable', reason: 'timeout' });
    return withinTime(settings.wholeTimeoutMs, signal, async (ending) => {
      const operation = begin(ending);
      const outcome = await work(operation);
      return { outcome, evidence: operation.session.evidence };
    });
  };

  const keyProblem = (admin: AdminApi, vendorKeyId: string): AdminRefusal | null => {
    const named = readVendorKeyId(vendorKeyId, admin.place !== null);
    if (named === null) return { kind: 'target-unfit', field: 'vendorKeyId', wanted: NAMED };
    return named.place === null ? null : placeProblem(admin, named.place);
  };

  const ofKey = (
    { admin }: AdminOperation,
    vendorKeyId: string,
  ): { readonly place: string | null; readonly id: string } =>
    readVendorKeyId(vendorKeyId, admin.place !== null) ?? { place: null, id: '' };

  return {
    findKeys: (credential, target, filter, signal) => () =>
      operate(
        credential,
        target,
        signal,
        (admin) => placeProblem(admin, target.place),
        (operation) => findKeys(operation, filter),
      ),
    revoke: (credential, target, vendorKeyId, filter, signal) => () =>
      operate(
        credential,
        target,
        signal,
        (admin) => keyProblem(admin, vendorKeyId),
        (operation) => revoke(operation, vendorKeyId, ofKey(operation, vendorKeyId), filter),
      ),
    usage: (credential, target, vendorKeyId, window, signal) => () =>
      operate(
        credential,
        target,
        signal,
        (admin) => keyProblem(admin, vendorKeyId),
        (operation) => {
          const { place, id } = ofKey(operation, vendorKeyId);
          return fetchUsage(operation, place === null ? { key: id } : { place, key: id }, window);
        },
      ),
  };
};
