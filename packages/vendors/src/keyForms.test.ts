import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { knownVendors } from './knownVendors';
import { SANDBOX_VENDORS } from './vendors/sandboxes';
import { VENDOR_TABLES } from './vendors/tables';

const { displayName, formatWarning, keyConsolePage, keyForms, revocationPage } = knownVendors();

test.each(SANDBOX_VENDORS.map(({ vendor, newKey }) => [vendor, newKey] as const))(
  'a key of %s has the form of its vendor, and no warning',
  (vendor, newKey) => {
    expect(keyForms(vendor).fits(newKey())).not.toBe(false);
    expect(formatWarning(vendor, newKey())).toBeNull();
  },
);

test('of a vendor that nobody knows nothing is known', () => {
  const forms = keyForms('unheard-of');
  expect(forms).toMatchObject({ vendor: 'unheard-of', alphabet: null });
  expect(forms.fits('anything')).toBeNull();
  expect(formatWarning('unheard-of', 'anything')).toBeNull();
});

test('a key that looks like nobody’s is only warned about, in a sentence without any of it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9]{40}$/), (key) => {
      const warning = formatWarning('anthropic', key);
      expect(warning).toContain('Anthropic');
      expect(warning).not.toContain(key.slice(0, 8));
    }),
  );
});

test('names and pages', () => {
  expect(displayName('openai')).toBe('OpenAI');
  expect(displayName('xai')).toBe('xAI');
  expect(displayName('unheard-of')).toBe('unheard-of');
  for (const { vendor, displayName: name, pages } of VENDOR_TABLES) {
    expect(displayName(vendor)).toBe(name);
    expect(revocationPage(vendor)).toBe(pages.revocation);
    expect(keyConsolePage(vendor)).toBe(pages.console);
  }
  expect(revocationPage('unheard-of')).toBeNull();
  expect(keyConsolePage('unheard-of')).toBeNull();
});
