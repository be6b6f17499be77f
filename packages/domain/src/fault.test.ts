import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { OUR_REASONS, type VendorTrouble, whoseFault } from './fault';
import { FailureReason, InconclusiveReason } from './validation';

const at = (vendor: string, called: number, troubled: number, ours = 0): VendorTrouble => ({
  vendor,
  called,
  troubled,
  ours,
});
const faultOf = (reason: Parameters<typeof whoseFault>[1], ...seen: ReadonlyArray<VendorTrouble>): string =>
  whoseFault('anthropic', reason, seen).fault;

describe('whose fault it is', () => {
  test('vendor-wide takes one vendor, three workspaces, and half of those that called it', () => {
    expect(faultOf('timeout', at('anthropic', 6, 3))).toBe('vendor-wide');
    expect(faultOf('timeout', at('anthropic', 7, 3))).toBe('this-key');
    expect(faultOf('timeout', at('anthropic', 2, 2))).toBe('this-key');
    expect(faultOf('rejected', at('anthropic', 3, 3))).toBe('vendor-wide');
    expect(faultOf('timeout', at('anthropic', 1, 1), at('openai', 6, 3))).toBe('platform-side');
  });

  test('platform-side takes several vendors, this one among them, or something of our own', () => {
    expect(faultOf('timeout', at('anthropic', 2, 1), at('openai', 1, 1))).toBe('platform-side');
    expect(faultOf('timeout', at('anthropic', 3, 1), at('openai', 1, 1))).toBe('this-key');
    expect(faultOf('rejected', at('anthropic', 1, 0), at('groq', 1, 1), at('openai', 1, 1))).toBe('this-key');
    expect(faultOf('timeout', at('anthropic', 4, 4, 4))).toBe('platform-side');
    expect(faultOf(null, at('anthropic', 4, 1, 1))).toBe('platform-side');
  });

  test('three bad pastes are three bad pastes: only what speaks against no key counts', () => {
    expect(faultOf('rejected', at('anthropic', 3, 0))).toBe('this-key');
  });

  test('what was not counted is this key alone', () => {
    expect(whoseFault('anthropic', 'rejected', [])).toEqual({
      fault: 'this-key',
      faultCounts: {
        windowMinutes: 15,
        workspaces: 0,
        workspacesTroubled: 0,
        vendors: 0,
        vendorsTroubled: 0,
      },
    });
  });
});

const troubles = fc.uniqueArray(
  fc
    .tuple(fc.constantFrom('anthropic', 'openai', 'groq'), fc.nat(9), fc.nat(9), fc.nat(9))
    .map(([vendor, called, more, ours]) => at(vendor, called + more, called, Math.min(ours, called))),
  { selector: ({ vendor }) => vendor },
);

test('what the vendor says of an account is its own, whatever others have', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('unfunded', 'restricted', 'leaked', 'misdirected'),
      troubles,
      (reason, seen) => {
        expect(whoseFault('anthropic', reason, seen).fault).toBe('this-key');
      },
    ),
  );
});

test('what is ours to mend is ours on the first test call', () => {
  const ours = Object.keys(InconclusiveReason.keys)
    .filter(InconclusiveReason.is)
    .filter((reason) => OUR_REASONS.includes(reason));
  expect(ours).toEqual(['proxy', 'model-unavailable', 'region', 'our-request']);
  fc.assert(
    fc.property(fc.constantFrom(...ours), troubles, (reason, seen) => {
      expect(whoseFault('anthropic', reason, seen).fault).toBe('platform-side');
    }),
  );
});

test('one more workspace in trouble never makes it more the key’s', () => {
  const reasons = [...Object.keys(FailureReason.keys), ...Object.keys(InconclusiveReason.keys)];
  const weight = { 'this-key': 0, 'vendor-wide': 1, 'platform-side': 1 };
  fc.assert(
    fc.property(fc.constantFrom(...reasons), troubles, (reason, seen) => {
      if (!FailureReason.is(reason) && !InconclusiveReason.is(reason)) return;
      const more = seen.map((one) =>
        one.vendor === 'anthropic' && one.troubled < one.called
          ? { ...one, troubled: one.troubled + 1, ours: one.ours + 1 }
          : one,
      );
      expect(weight[whoseFault('anthropic', reason, more).fault]).toBeGreaterThanOrEqual(
        weight[whoseFault('anthropic', reason, seen).fault],
      );
    }),
  );
});
