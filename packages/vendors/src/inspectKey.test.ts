import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inspectKey } from './inspectKey';
import { displayName, keyConsolePage, KNOWN_VENDORS, revocationPage } from './knownVendors';
import { VENDOR_TABLES } from './vendors/tables';
import { targetProblem } from './targetProblem';
import { SANDBOX_VENDORS } from './vendors/sandboxes';

const bytes = (key: string): Uint8Array => Buffer.from(key, 'latin1');
const tail = fc.stringMatching(/^[A-Za-z0-9]{40}$/);
const fine = { adminKey: false, otherVendor: null, formatWarning: null };

test.each(SANDBOX_VENDORS.map((vendor) => [vendor.vendor, vendor] as const))(
  'a key of %s is fine with its vendor',
  (vendor, { newKey }) => {
    expect(inspectKey(vendor, bytes(newKey()))).toEqual(fine);
  },
);

const canBeTold = ({ vendor }: { readonly vendor: string }): boolean =>
  KNOWN_VENDORS.some(
    (known) => known.vendor === vendor && (known.prefixes.length > 0 || known.mark !== null),
  );

test.each(SANDBOX_VENDORS.filter(canBeTold).map((vendor) => [vendor.vendor, vendor] as const))(
  'a key of %s is recognised with every other vendor',
  (vendor, { newKey }) => {
    for (const other of KNOWN_VENDORS.filter((known) => known.vendor !== vendor)) {
      expect(inspectKey(other.vendor, bytes(newKey())).otherVendor).toBe(vendor);
    }
  },
);

test('each prefix names its vendor, with a table or without', () => {
  fc.assert(
    fc.property(tail, fc.constantFrom(...KNOWN_VENDORS), (rest, { vendor, prefixes }) => {
      for (const prefix of prefixes) {
        expect(inspectKey('nobody', bytes(prefix + rest)).otherVendor).toBe(vendor);
        expect(inspectKey(vendor, bytes(prefix + rest)).otherVendor).toBeNull();
      }
    }),
  );
});

test.each(['sk-ant-admin', 'sk-admin-'])(
  'a key that begins with %s administers an organisation',
  (prefix) => {
    const [key] = fc.sample(tail, 1);
    for (const { vendor } of KNOWN_VENDORS) {
      expect(inspectKey(vendor, bytes(`${prefix}01-${key}`)).adminKey).toBe(true);
    }
  },
);

test('an old key of OpenAI is known by its mark alone', () => {
  const [left, right] = fc.sample(fc.stringMatching(/^[A-Za-z0-9]{20}$/), 2);
  const key = bytes(`sk-${left}T3BlbkFJ${right}`);
  expect(inspectKey('openai', key)).toEqual(fine);
  expect(inspectKey('anthropic', key).otherVendor).toBe('openai');
});

test('a key that looks like nobody’s is only warned about, in a sentence without any of it', () => {
  fc.assert(
    fc.property(tail, (key) => {
      const { adminKey, otherVendor, formatWarning } = inspectKey('anthropic', bytes(key));
      expect({ adminKey, otherVendor }).toEqual({ adminKey: false, otherVendor: null });
      expect(formatWarning).toContain('Anthropic');
      expect(formatWarning).not.toContain(key.slice(0, 8));
    }),
  );
});

test('any bytes for any vendor get an answer', () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array(), (vendor, secret) => {
      expect(inspectKey(vendor, secret)).toMatchObject({ adminKey: false });
    }),
  );
});

test('names and pages', () => {
  expect(displayName('openai')).toBe('OpenAI');
  expect(displayName('xai')).toBe('xAI');
  expect(displayName('unheard-of')).toBe('unheard-of');
  for (const { vendor, displayName: name } of VENDOR_TABLES) {
    expect(displayName(vendor)).toBe(name);
    expect(revocationPage(vendor)).toMatch(/^https:/);
    expect(keyConsolePage(vendor)).toMatch(/^https:/);
  }
  expect(revocationPage('unheard-of')).toBeNull();
  expect(keyConsolePage('unheard-of')).toBeNull();
});

test('V-14: what is wrong with a target is said before its key is added, and of which field', () => {
  const problemOf = (vendor: string, endpoint: string | null, region: string | null) =>
    targetProblem({ vendor, endpoint, region });
  expect(problemOf('anthropic', null, null)).toBeNull();
  expect(problemOf('openai', null, 'eu')).toBeNull();
  expect(problemOf('openai', 'https://eu.api.openai.com', null)).toEqual({
    field: 'endpoint',
    problem: 'left out: OpenAI keys have no endpoint of their own',
  });
  expect(problemOf('openai', null, 'mars')).toEqual({
    field: 'region',
    problem: 'eu or us for a key of OpenAI, or left out',
  });
  expect(problemOf('anthropic', null, 'eu')).toEqual({
    field: 'region',
    problem: 'left out: Anthropic keys have no region',
  });
});
