import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import * as t from 'io-ts';
import { ProberFault } from './faults';
import { VENDOR_TABLES } from './vendors/tables';
import { VendorTable } from './vendorTable';

/** Tables that were checked. */
interface LoadedTables {
  /** By vendor, ours in their order and what an operator added behind them. */
  readonly tables: ReadonlyMap<string, VendorTable>;
  /** Those whose table is an operator's own. */
  readonly ownVendors: ReadonlySet<string>;
}

/** A test checks them: to do it wherever a prober is made would take a tenth of a command's start. */
const OURS = VENDOR_TABLES.map((table) => [table.vendor, table] as const);

/**
 * Checks an operator's own tables before anything is called by them: they add vendors, or take the place of ours. The
 * operator's models are put in.
 *
 * @throws ProberFault `bad-vendor-table` that names the table and what is wrong with it
 */
export const loadTables = (
  ownTables: ReadonlyArray<unknown>,
  models: Readonly<Record<string, string>>,
): LoadedTables => {
  const own = checkTables(ownTables);
  const byVendor = new Map([...OURS, ...own]);
  refuseSharedBeginnings(byVendor, own);
  for (const [vendor, model] of Object.entries(models)) {
    const table = byVendor.get(vendor);
    if (table === undefined) throw bad('A model is named for a vendor that has no table.');
    const both = [model, ...table.models.filter((known) => known !== model)].slice(0, 2);
    byVendor.set(
      vendor,
      decode({ ...table, models: both }, `The table of ${vendor} with the model it was given`),
    );
  }
  return { tables: byVendor, ownVendors: new Set(own.keys()) };
};

const checkTables = (tables: ReadonlyArray<unknown>): ReadonlyMap<string, VendorTable> => {
  const byVendor = new Map<string, VendorTable>();
  for (const [index, input] of tables.entries()) {
    const table = decode(input, `Vendor table ${index + 1}${named(input)}`);
    if (byVendor.has(table.vendor)) throw bad(`Two vendor tables are named ${table.vendor}: keep one.`);
    byVendor.set(table.vendor, table);
  }
  return byVendor;
};

/** A key that begins so would be taken for either vendor's, and could go to the wrong one. */
const refuseSharedBeginnings = (
  all: ReadonlyMap<string, VendorTable>,
  own: ReadonlyMap<string, VendorTable>,
): void => {
  for (const { vendor, key } of own.values()) {
    const marks = beginningsOf(key);
    for (const other of all.values()) {
      if (other.vendor === vendor) continue;
      if (beginningsOf(other.key).some((beginning) => marks.includes(beginning))) {
        throw bad(
          `The vendor table of ${vendor} can't be used: key.prefixes, key.adminPrefixes and key.mark are what no ` +
            `other vendor's keys have, and ${other.vendor} has one of them.`,
        );
      }
    }
  }
};

const beginningsOf = ({ prefixes, adminPrefixes, mark }: VendorTable['key']): ReadonlyArray<string> => [
  ...prefixes,
  ...adminPrefixes,
  ...(mark === null ? [] : [typeof mark === 'string' ? mark : mark.text]),
];

/** A name that may be repeated: anything else could be a secret in the wrong place. */
const named = (input: unknown): string => {
  const vendor: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, 'vendor') : null;
  return typeof vendor === 'string' && /^[a-z][a-z0-9-]{0,18}$/.test(vendor) ? ` (${vendor})` : '';
};

const decode = (input: unknown, name: string): VendorTable =>
  pipe(
    VendorTable.decode(input),
    E.getOrElse((errors): VendorTable => {
      throw bad(`${name} can't be used: ${complaint(errors)}.`);
    }),
  );

/** The deepest complaint tells most: the others are of the unions around it. */
const complaint = (errors: t.Errors): string => {
  const [deepest] = [...errors].sort((a, b) => b.context.length - a.context.length);
  const path = deepest === undefined ? '' : pathOf(deepest.context);
  const problem = deepest?.message ?? `not ${deepest?.context.at(-1)?.type.name ?? 'a vendor table'}`;
  return path === '' ? problem : `${path}: ${problem}`;
};

/** The members down to what is wrong. Which kind of a union was tried is none. */
const pathOf = (context: t.Context): string =>
  context
    .filter(({ key }, depth) => key !== '' && !(context[depth - 1]?.type instanceof t.UnionType))
    .map(({ key }) => memberOf(key))
    .join('.');

/** A long name may be a secret in the wrong place. */
const memberOf = (key: string): string => (/^[A-Za-z0-9_.-]{1,40}$/.test(key) ? key : '…');

const bad = (message: string): ProberFault => new ProberFault('bad-vendor-table', message);
