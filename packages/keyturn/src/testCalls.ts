import type { ServiceLog } from '@keyturn/service';
import type { Prober, ProberOptions, VendorAdmin } from '@keyturn/vendors';
import { HOUSEKEEPER } from './context';
import * as loaded from './parts';
import { withProgress, type OnProgress } from './progress';

/** What is known of vendors beyond what comes with Keyturn, on the operator's word. */
export interface OwnVendorTables {
  /**
   * Tables of your own, as they are parsed from JSON: each adds a vendor, or takes the place of ours of that name. What
   * a table has to say is in `docs/vendors.md`. One that can't be used is the fault `bad-vendor-table`.
   */
  readonly vendorTables?: ReadonlyArray<unknown>;
}

/** How vendors are reached, on the operator's word. */
export interface VendorAccess extends OwnVendorTables {
  /**
   * Origins that take the place of vendors' own, by vendor: exactly these are called, such as a sandbox on loopback.
   * `https`, or `http` on loopback. The log tells of them, and so does every event of a test call.
   */
  readonly endpointOverrides?: Readonly<Record<string, string>>;
  /**
   * A forward proxy that test calls go through: `http(s)://[user:password@]host[:port]`. TLS to the vendor stays end to
   * end, so it sees no key. `HTTPS_PROXY` and its like are not read.
   */
  readonly proxy?: string;
  /** Hosts of customers' own endpoints that may be inside a private network, by name. None when left out. */
  readonly allowPrivateHosts?: ReadonlyArray<string>;
}

/** How vendors are called, whatever for. */
const calling = ({
  vendorTables,
  endpointOverrides,
  proxy,
  allowPrivateHosts,
}: VendorAccess): ProberOptions => ({
  ...(vendorTables === undefined ? {} : { ownTables: vendorTables }),
  ...(endpointOverrides === undefined ? {} : { endpointOverrides }),
  ...(proxy === undefined ? {} : { proxy }),
  ...(allowPrivateHosts === undefined ? {} : { allowPrivateHosts }),
});

/** What lists and revokes keys at their vendors, called as test calls are. Made when it is first needed. */
export const vendorAdminFor = (access: VendorAccess): VendorAdmin => {
  let made: VendorAdmin | undefined;
  const admin = (): VendorAdmin => (made ??= loaded.vendors().makeVendorAdmin(calling(access)));
  return {
    findKeys: (...given) => admin().findKeys(...given),
    revoke: (...given) => admin().revoke(...given),
    usage: (...given) => admin().usage(...given),
  };
};

/** What test-calls keys. The log is told of models that vendors have no more, and whoever waits of the waiting. */
export const proberFor = (
  access: VendorAccess,
  log: ServiceLog,
  onProgress: OnProgress | undefined,
): Prober => {
  const prober = loaded.vendors().makeProber({
    ...calling(access),
    onModelUnavailable: (vendor, model) =>
      log.warn(
        { actor: HOUSEKEEPER, vendor, model, code: 'model-unavailable' },
        'a vendor no longer has a model that test calls ask for',
      ),
  });
  return {
    ...prober,
    probe: (target, secret, signal) => () =>
      withProgress(onProgress, 'calling-vendor', prober.probe(target, secret, signal)),
  };
};
