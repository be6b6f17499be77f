import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hintFits, matching } from './matching';
import type { VendorKey } from './vendorAdmin';

const ALPHABET = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-');
const secret = fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 20, maxLength: 60 });
const masked = fc.tuple(
  fc.constantFrom('...', '***', '****************', '•••', '…'),
  fc.integer({ min: 2, max: 6 }),
);

const hintOf = (key: string, [mask, shown]: readonly [string, number]): string =>
  `${key.slice(0, 6)}${mask}${key.slice(-shown)}`;

test('the hint of a key fits its last characters, however it is masked', () => {
  fc.assert(
    fc.property(secret, masked, (key, how) => {
      expect(hintFits(hintOf(key, how), key.slice(-4))).toBe('yes');
    }),
  );
});

test('the hint of a key that ends otherwise does not', () => {
  fc.assert(
    fc.property(secret, secret, masked, (key, other, how) => {
      const shown = Math.min(how[1], 4);
      fc.pre(key.slice(-shown) !== other.slice(-shown));
      expect(hintFits(hintOf(other, how), key.slice(-4))).toBe('no');
    }),
  );
});

describe('a hint that tells too little decides nothing', () => {
  test.each([null, 'Production API Key', 'sk-ant-...', '****', ''])('%j', (hint) => {
    expect(hintFits(hint, 'igAA')).toBe('unknown');
  });
  test('one character can tell keys apart, and not make them one', () => {
    expect(hintFits('xai-a**b', 'xyzb')).toBe('unknown');
    expect(hintFits('xai-a**b', 'xyzc')).toBe('no');
  });
});

const listed = fc.array(
  fc.record({
    vendorKeyId: fc.uuid(),
    hint: fc.option(fc.constantFrom('sk-...igAA', 'sk-...QQQQ')),
    name: fc.constant(null),
    createdAt: fc.option(fc.nat(2_000_000_000)),
    lastUsedAt: fc.constant(null),
    owner: fc.constant(null),
    status: fc.constantFrom<VendorKey['status']>('active', 'inactive', 'unknown'),
  }),
);

test('each key of the list is shown, or counted among those that can’t be it', () => {
  fc.assert(
    fc.property(listed, fc.option(fc.nat(2_000_000_000)), (keys, onFileSince) => {
      const { keys: shown, otherHint, madeLater } = matching(keys, { last4: 'igAA', onFileSince });
      expect(shown.length + otherHint + madeLater).toBe(keys.length);
      expect(otherHint).toBe(keys.filter(({ hint }) => hint === 'sk-...QQQQ').length);
      const ranks = shown.map(({ fits }) => (fits === 'hint' ? 0 : 1));
      expect(ranks).toEqual([...ranks].sort());
      for (const key of shown) {
        expect((key.createdAt ?? 0) <= (onFileSince ?? Infinity) + 600_000).toBe(true);
      }
    }),
  );
});
