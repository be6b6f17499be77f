import type { FailureReason, InconclusiveReason } from './validation';

/**
 * Whose fault it more likely is that a test call was not accepted. `this-key`: nothing says that it is more than this
 * one. `vendor-wide`: many workspaces have it at this vendor. `platform-side`: it is at several vendors, or of this
 * service's own making.
 */
export type Fault = 'this-key' | 'vendor-wide' | 'platform-side';

/** Workspaces at one vendor, by their newest test calls. */
export interface VendorTrouble {
  readonly vendor: string;
  /** That called it. */
  readonly called: number;
  /** That had a test call there which speaks against this side or the vendor, and not against a key. */
  readonly troubled: number;
  /** Of those, the ones whose newest was this side's to mend. */
  readonly ours: number;
}

/** What a verdict stands on: numbers alone, and nobody's name. */
export interface FaultCounts {
  /** How far back it was looked. */
  readonly windowMinutes: number;
  /** Workspaces that called this vendor. */
  readonly workspaces: number;
  readonly workspacesTroubled: number;
  /** Vendors that were called by anybody. */
  readonly vendors: number;
  /** Where at least half of the workspaces that called are troubled. */
  readonly vendorsTroubled: number;
}

/** A verdict and what it stands on. */
export interface FaultFound {
  readonly fault: Fault;
  readonly faultCounts: FaultCounts;
}

/** What a refusal over a key that does not work may tell: who tells it has to know more than the keyring. */
export type FaultKnown = Partial<FaultFound>;

const MINUTE_MS = 60_000;
const WINDOW_MINUTES = 15;
/** How far back test calls count. */
export const FAULT_WINDOW_MS = WINDOW_MINUTES * MINUTE_MS;

const LEAST_WORKSPACES = 3;
const LEAST_VENDORS = 2;

const OURS: { readonly [R in InconclusiveReason]: boolean } = {
  'vendor-error': false,
  overloaded: false,
  timeout: false,
  dns: false,
  tls: false,
  connection: false,
  proxy: true,
  'unrecognised-answer': false,
  'model-unavailable': true,
  region: true,
  'our-request': true,
};

/** Reasons of test calls without a verdict that are this side's to mend. By name: whoever reads rows needs no codec. */
export const OUR_REASONS: ReadonlyArray<string> = Object.entries(OURS).flatMap(([reason, ours]) =>
  ours ? [reason] : [],
);

/** Whether a test call without a verdict is this side's to mend, and neither the vendor's nor the key's. */
const isOurs = (reason: InconclusiveReason): boolean => OURS[reason];

const isUndecided = (reason: FailureReason | InconclusiveReason): reason is InconclusiveReason =>
  Object.hasOwn(OURS, reason);

const half = ({ called, troubled }: VendorTrouble): boolean => troubled > 0 && troubled * 2 >= called;
const isWide = (seen: VendorTrouble): boolean => seen.troubled >= LEAST_WORKSPACES && half(seen);
const mostlyOurs = ({ troubled, ours }: VendorTrouble): boolean => troubled > 0 && ours * 2 >= troubled;

const widespread = (
  here: VendorTrouble,
  reason: FailureReason | InconclusiveReason | null,
  vendorsTroubled: number,
): Fault => {
  // What the vendor says of the account or the call is so, however many others are in trouble.
  if (reason !== null && reason !== 'rejected' && !isUndecided(reason)) return 'this-key';
  if (reason !== null && isUndecided(reason) && isOurs(reason)) return 'platform-side';
  if (half(here) && vendorsTroubled >= LEAST_VENDORS) return 'platform-side';
  if (reason !== 'rejected' && mostlyOurs(here)) return 'platform-side';
  if (!isWide(here)) return 'this-key';
  return mostlyOurs(here) ? 'platform-side' : 'vendor-wide';
};

/**
 * Whose fault it more likely is that a key was not accepted.
 *
 * @param reason - why it was not; null where all that is known is that there was no verdict
 * @param seen - every vendor that was called within {@link FAULT_WINDOW_MS}
 *
 * @example
 * whoseFault('anthropic', 'timeout', [{ vendor: 'anthropic', called: 4, troubled: 3, ours: 0 }]).fault
 * // 'vendor-wide'
 */
export const whoseFault = (
  vendor: string,
  reason: FailureReason | InconclusiveReason | null,
  seen: ReadonlyArray<VendorTrouble>,
): FaultFound => {
  const here = seen.find((one) => one.vendor === vendor) ?? { vendor, called: 0, troubled: 0, ours: 0 };
  const vendorsTroubled = seen.filter(half).length;
  return {
    fault: widespread(here, reason, vendorsTroubled),
    faultCounts: {
      windowMinutes: WINDOW_MINUTES,
      workspaces: here.called,
      workspacesTroubled: here.troubled,
      vendors: seen.length,
      vendorsTroubled,
    },
  };
};
