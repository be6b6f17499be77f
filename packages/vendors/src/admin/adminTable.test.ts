import { describe, expect, test } from '@jest/globals';
import { table as anthropic } from '../vendors/anthropic/table';
import { VENDOR_TABLES } from '../vendors/tables';
import { makeVendorAdmin } from './makeVendorAdmin';

describe('a table is refused', () => {
  const { admin } = anthropic;
  if (admin === null) throw new Error('the table has no admin part');
  test.each<[string, object, string]>([
    [
      'that sends the credential nowhere',
      { credential: { ...admin.credential, headers: {} } },
      'exactly one header',
    ],
    [
      'with the credential in an address',
      { listing: { ...admin.listing, call: { ...admin.listing.call, query: { key: '{credential}' } } } },
      'only a header',
    ],
    [
      'that calls two hosts',
      { revoke: { ...admin.revoke, url: 'https://other.example.com/v1/{key}' } },
      'one host',
    ],
    ['over http', { revoke: { ...admin.revoke, url: 'http://api.anthropic.com/{key}' } }, 'url must be'],
    [
      'that revokes no key by name',
      { revoke: { ...admin.revoke, url: 'https://api.anthropic.com/v1' } },
      '{key}',
    ],
    [
      'with places that it does not list',
      { revoke: { ...admin.revoke, url: 'https://api.anthropic.com/{place}/{key}' } },
      '{place}',
    ],
    [
      'that takes any 200 for a success',
      { revoke: { ...admin.revoke, success: { status: 200, conditions: [] } } },
      'success needs',
    ],
    [
      'that can’t tell whether a key works',
      { key: { ...admin.key, active: [], inactive: [] } },
      'nothing says',
    ],
  ])('%s', (_what, change, says) => {
    const tables = [{ ...anthropic, admin: { ...admin, ...change } }];
    expect(() => makeVendorAdmin({ ownTables: tables })).toThrow(says);
  });

  test('a table needs none', () => {
    expect(() =>
      makeVendorAdmin({ ownTables: VENDOR_TABLES.map((table) => ({ ...table, admin: null })) }),
    ).not.toThrow();
  });
});
