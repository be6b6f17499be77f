import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { Errors } from 'io-ts';
import { ProberFault } from './faults';
import { VendorTable } from './vendorTable';

/**
 * Checks tables before anything is called by them, and puts the operator's models in.
 *
 * @returns the tables by vendor, in their order
 * @throws ProberFault that names the table and what is wrong with it
 */
export const checkTables = (
  tables: ReadonlyArray<unknown>,
  models: Readonly<Record<string, string>>,
): ReadonlyMap<string, VendorTable> => {
  const byVendor = new Map<string, VendorTable>();
  for (const [index, input] of tables.entries()) {
    const table = decode(input, `Vendor table ${index + 1}`);
    if (byVendor.has(table.vendor)) throw bad(`Two vendor tables are named ${table.vendor}: keep one.`);
    byVendor.set(table.vendor, table);
  }
  for (const [vendor, model] of Object.entries(models)) {
    const table = byVendor.get(vendor);
    if (table === undefined) throw bad('A model is named for a vendor that has no table.');
    const models = [model, ...table.models.filter((own) => own !== model)].slice(0, 2);
    byVendor.set(vendor, decode({ ...table, models }, `The table of ${vendor} with the model it was given`));
  }
  return byVendor;
};

const decode = (input: unknown, name: string): VendorTable =>
  pipe(
    VendorTable.decode(input),
    E.getOrElse((errors): VendorTable => {
      throw bad(`${name} can't be used: ${complaint(errors)}.`);
    }),
  );

/** The deepest complaint tells most: the others are of the unions around it. */
const complaint = (errors: Errors): string => {
  const [deepest] = [...errors].sort((a, b) => b.context.length - a.context.length);
  const path = deepest?.context.flatMap(({ key }) => (key === '' ? [] : [key])).join('.') ?? '';
  const problem = deepest?.message ?? `not ${deepest?.context.at(-1)?.type.name ?? 'a vendor table'}`;
  return path === '' ? problem : `${path}: ${problem}`;
};

const bad = (message: string): ProberFault => new ProberFault('bad-vendor-table', message);
