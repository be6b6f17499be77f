import * as t from 'io-ts';
import { KeyId, Vendor } from './ids';

/** Which key a run asks for: the Default that applies to it, one of a vendor, or one by id. */
export const RunChoice = t.union([
  t.type({ kind: t.literal('default') }),
  t.type({ kind: t.literal('vendor'), vendor: Vendor }),
  t.type({ kind: t.literal('key'), keyId: KeyId }),
]);
export type RunChoice = t.TypeOf<typeof RunChoice>;

/** How a run's choice was resolved to its key. */
export const ChoiceMade = t.keyof({
  'workspace-default': null,
  'project-default': null,
  'explicit-vendor': null,
  'explicit-key': null,
});
export type ChoiceMade = t.TypeOf<typeof ChoiceMade>;

/** What the caller says of a run that ended. */
export const RunOutcome = t.keyof({ succeeded: null, failed: null, cancelled: null });
export type RunOutcome = t.TypeOf<typeof RunOutcome>;

/** How a pin ended: as the caller said, or because its lease ran out. */
export const ReleaseOutcome = t.keyof({
  succeeded: null,
  failed: null,
  cancelled: null,
  'lease-expired': null,
});
export type ReleaseOutcome = t.TypeOf<typeof ReleaseOutcome>;
