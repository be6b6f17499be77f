import { killCheckTable } from '../killCheck';
import type { CalledTable } from '../vendorTable';
import { VENDOR_TABLES } from '../vendors/tables';

/** Each vendor's test call, and its call that tells whether a key lives, for `test.each`. */
export const CALLED_TABLES: ReadonlyArray<readonly [string, CalledTable]> = VENDOR_TABLES.flatMap((table) => [
  [`${table.vendor}, by its test call`, table] as const,
  [`${table.vendor}, by the call that asks whether it lives`, killCheckTable(table)] as const,
]);
