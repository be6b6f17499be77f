import { leakOrdersFor } from './leakOrders';
import { LEAK_CASE, type Prepared } from './prepared';
import type { Place } from './place';
import type { Scenario } from './scenario';
import type { Order } from './order';

type LeakOrders = ReturnType<typeof leakOrdersFor>;

const onLeak = (
  name: string,
  order: (leak: LeakOrders, keys: Prepared['keys'], place: Place) => Order,
): Scenario => ({
  name: `leak ${name}`,
  on: 'prepared',
  goesOn: true,
  order: ({ sandbox }, keys, memory, place) =>
    order(leakOrdersFor('wonka', LEAK_CASE, sandbox, memory), keys, place),
});

/** What is done in a leak case, and what it leaves in files. */
export const LEAK_SCENARIOS: ReadonlyArray<Scenario> = [
  onLeak('revoke, at the vendor', (leak, { leaked, leakedAtVendor }) =>
    leak.revokeAtVendor(leaked, leakedAtVendor),
  ),
  onLeak('exposure, as a page', (leak, { leaked }, place) => leak.page(leaked, place)),
  onLeak('evidence', (leak, _, place) => leak.evidence(place)),
  onLeak('close', (leak) => leak.close()),
  onLeak('check', (leak, { leaked }) => leak.check(leaked)),
  onLeak('revoke, by hand', (leak, { leaked }) => leak.revoked(leaked)),
  onLeak('report, of another key', (leak, { gone }) => leak.report(gone)),
  onLeak('suspend', (leak, { leaked }) => leak.suspend(leaked)),
  onLeak('withdraw', (leak, { leaked }) => leak.withdraw(leaked)),
  onLeak('reviewed', (leak, { leaked }) => leak.reviewed(leaked)),
  onLeak('certificate', (leak, { gone }, place) => leak.certificate(gone, place)),
];
