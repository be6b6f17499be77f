/** A cell that a spreadsheet would run as a formula is made text (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (value: string | number | boolean | null): string => {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line of RFC 4180. */
export const csvLine = (cells: ReadonlyArray<string | number | boolean | null>): string =>
  cells.map(cell).join(',');

/** RFC 4180, one line for each row. */
export const csvLines = (
  headings: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string | number | boolean | null>>,
): ReadonlyArray<string> => [headings.join(','), ...rows.map(csvLine)];
