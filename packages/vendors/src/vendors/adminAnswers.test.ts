import { describe, expect, test } from '@jest/globals';
import type { AdminApi } from '../admin/adminApi';
import { readAdminAnswer } from '../admin/readAdminAnswer';
import { parseJson } from '../jsonPath';
import { claims, errorIn } from '../vendorError';
import { SANDBOX_VENDORS } from './sandboxes';
import { VENDOR_TABLES } from './tables';

const administered = VENDOR_TABLES.flatMap((table) =>
  table.admin === null ? [] : [[table.vendor, table, table.admin] as const],
);

const claiming = (admin: AdminApi, status: number, body: string) => {
  const error = errorIn({ errors: admin.errors, requestId: null }, parseJson(body), {
    code: null,
    requestId: null,
  });
  return admin.errors.rules.filter((rule) => claims(rule, status, error));
};

test('the vendors that have calls for administrators in their table have them in the sandbox', () => {
  expect(SANDBOX_VENDORS.filter(({ admin }) => admin !== undefined).map(({ vendor }) => vendor)).toEqual(
    administered.map(([vendor]) => vendor),
  );
});

describe.each(administered)('%s', (vendor, table, admin) => {
  const recorded = (SANDBOX_VENDORS.find((known) => known.vendor === vendor)?.admin?.answers ?? []).map(
    (answer) => ({ ...answer, body: JSON.stringify(answer.json) }),
  );

  test.each(recorded.map((answer) => [answer.name, answer] as const))(
    'reads "%s", whatever was asked',
    (_, { status, body, means }) => {
      for (const call of [admin.listing.call, admin.revoke]) {
        expect(readAdminAnswer(table, admin, call, { status, body })).toMatchObject({
          kind: 'error',
          meaning: means,
        });
      }
    },
  );

  test('each rule has an answer on record, and none is claimed by two', () => {
    const claimed = recorded.map(({ status, body }) => claiming(admin, status, body));
    expect(admin.errors.rules.filter((rule) => !claimed.some((rules) => rules.includes(rule)))).toEqual([]);
    expect(claimed.filter((rules) => rules.length > 1)).toEqual([]);
  });

  test.each([
    ['a web page', 200, '<html>Welcome to the hotel</html>'],
    ['a list', 200, '[]'],
    ['nothing', 200, ''],
    ['a success that is an error', 200, '{"error":{"code":500,"message":"no"},"code":13,"detail":"no"}'],
  ])('takes %s for no answer of the vendor’s', (_what, status, body) => {
    for (const call of [admin.listing.call, admin.revoke]) {
      expect(readAdminAnswer(table, admin, call, { status, body }).kind).toBe('error');
    }
  });
});
