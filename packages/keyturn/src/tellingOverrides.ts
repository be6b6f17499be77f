import type { ServiceLog } from '@keyturn/service';
import type { Prober } from '@keyturn/vendors';

/** Tells the log of every test call that goes elsewhere than to the vendor: what is answered there is not its word. */
export const tellingOverrides = (
  prober: Prober,
  overrides: Readonly<Record<string, string>>,
  log: ServiceLog,
): Prober => ({
  vendors: prober.vendors,
  probe: (target, secret, signal) => {
    const { vendor } = target;
    if (Object.hasOwn(overrides, vendor))
      log.warn(
        { code: 'endpoint-override', vendor },
        "a test call goes to an override of the vendor's endpoint",
      );
    return prober.probe(target, secret, signal);
  },
});
