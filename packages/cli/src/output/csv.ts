/** A cell that a spreadsheet would run as a formula is made text (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;
/** What separates cells, here or where a spreadsheet takes `;` or a tab for it. */
const SEPARATING = /[",;\t\r\n]/;

/** A cell; `literal` says that it is four characters of a key, the same in every format, and too short to do harm. */
export type Cell = string | number | boolean | null | { readonly literal: string };

const quoted = (text: string): string => (SEPARATING.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const written = (cell: Cell, raw: boolean): string => {
  if (cell === null) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'object') return quoted(cell.literal);
  return quoted(!raw && FORMULA.test(cell) ? `'${cell}` : cell);
};

/** A line of RFC 4180. `raw` leaves formulas as they are. */
export const csvLine = (cells: ReadonlyArray<Cell>, raw = false): string =>
  cells.map((cell) => written(cell, raw)).join(',');
