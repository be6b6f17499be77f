import { describe, expect, test } from '@jest/globals';
import { knownVendors } from './knownVendors';
import { makeProber } from './prober';
import { table as groq } from './vendors/groq/table';
import { table as openaiCompatible } from './vendors/openai-compatible/table';
import { SANDBOX_VENDORS } from './vendors/sandboxes';
import { VENDOR_TABLES } from './vendors/tables';

const madeUp = {
  ...groq,
  vendor: 'made-up',
  displayName: 'Made Up',
  headers: { 'x-made-up': 'Key {secret}' },
  key: { ...groq.key, prefixes: ['mdp_'], mark: 'MADEUP', adminPrefixes: ['mdp_adm_'], pattern: null },
};
const { newKey: newGroqKey } = SANDBOX_VENDORS.find(({ vendor }) => vendor === 'groq') ?? {
  newKey: () => '',
};

describe('a table of an operator', () => {
  const known = knownVendors({ ownTables: [madeUp] });

  test('adds a vendor behind ours', () => {
    expect(known.list.map(({ vendor }) => vendor)).toEqual([
      ...VENDOR_TABLES.map(({ vendor }) => vendor),
      'made-up',
    ]);
    expect(known.displayName('made-up')).toBe('Made Up');
    expect(known.revocationPage('made-up')).toBe(groq.pages.revocation);
    expect(known.authHeaders('made-up', Buffer.from('abc'))).toEqual({ 'x-made-up': 'Key abc' });
    expect(knownVendors().list.map(({ vendor }) => vendor)).not.toContain('made-up');
  });

  test('has its keys told from those of all others, in a paste for anybody', () => {
    const owners = (text: string) =>
      known
        .keyForms('anthropic')
        .sightings(text)
        .map(({ owner, isAdmin }) => [owner, isAdmin]);
    expect(owners('mdp_0123456789abcdef')).toEqual([['made-up', false]]);
    expect(owners('mdp_adm_0123456789abcdef')).toEqual([['made-up', true]]);
    expect(owners('0123456789MADEUP0123456789')).toEqual([['made-up', false]]);
    expect(owners(newGroqKey())).toEqual([['groq', false]]);
    expect(knownVendors().keyForms('anthropic').sightings('mdp_0123456789abcdef')).toEqual([]);
  });

  test('takes the place of ours of that name, and whose a table is is said', () => {
    const replaced = knownVendors({ ownTables: [{ ...groq, displayName: 'Groq by us' }] });
    expect(replaced.list).toHaveLength(VENDOR_TABLES.length);
    expect(replaced.displayName('groq')).toBe('Groq by us');
    expect(replaced.profiles().filter(({ isOwnTable }) => isOwnTable)).toMatchObject([{ vendor: 'groq' }]);
    expect(
      knownVendors()
        .profiles()
        .some(({ isOwnTable }) => isOwnTable),
    ).toBe(false);
  });

  test('counts for a prober as for what is known beside it', () => {
    const { vendors } = makeProber({ ownTables: [madeUp] });
    expect(vendors.list).toEqual(known.list);
    expect(vendors.profiles()).toEqual(known.profiles());
  });

  test('says whether a model comes with the key', () => {
    const own = { ...openaiCompatible, vendor: 'gateway' };
    expect(knownVendors({ ownTables: [own] }).isModelNamedWithKey('gateway')).toBe(true);
    expect(known.isModelNamedWithKey('made-up')).toBe(false);
  });

  test.each([
    ['prefixes', { prefixes: ['gsk_'], mark: null, adminPrefixes: [] }, 'groq'],
    ['adminPrefixes', { prefixes: [], mark: null, adminPrefixes: ['sk-admin-'] }, 'openai'],
    ['mark', { prefixes: [], mark: 'T3BlbkFJ', adminPrefixes: [] }, 'openai'],
  ])('is refused where its %s are those of another vendor', (_member, marks, owner) => {
    const shared = { ...madeUp, key: { ...madeUp.key, ...marks } };
    expect(() => knownVendors({ ownTables: [shared] })).toThrow(`${owner} has one of them`);
  });

  test('is refused where two own tables share one', () => {
    const other = { ...madeUp, vendor: 'other' };
    expect(() => knownVendors({ ownTables: [madeUp, other] })).toThrow('has one of them');
  });

  test.each<[object, string]>([
    [{ key: { ...madeUp.key, prefixes: [7] } }, 'key.prefixes.0: not text that is not blank'],
    [{ key: { ...madeUp.key, pattern: 'x' } }, 'key.pattern: not a regular expression from ^ to $'],
    [{ errors: { ...groq.errors, rules: [{ status: 7 }] } }, 'errors.rules.0.status: not '],
    [{ url: 'http://made-up.example/v1' }, 'url must be https://host/path'],
  ])('is named with its place, its vendor and the member that is wrong: %j', (change, says) => {
    expect(() => knownVendors({ ownTables: [groq, { ...madeUp, ...change }] })).toThrow(
      `Vendor table 2 (made-up) can't be used: ${says}`,
    );
  });

  test('has nothing repeated that may be a secret in the wrong place', () => {
    const key = newGroqKey();
    for (const table of [
      { ...madeUp, vendor: key.toLowerCase() },
      { ...madeUp, headers: { [key]: 7 } },
      { ...madeUp, [key]: key, url: key },
    ]) {
      expect(() => knownVendors({ ownTables: [table] })).toThrow(
        expect.objectContaining({
          code: 'bad-vendor-table',
          message: expect.not.stringMatching(new RegExp(key.slice(4, 20), 'i')),
        }),
      );
    }
  });
});
