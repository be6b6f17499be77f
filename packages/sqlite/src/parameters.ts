import { isSqliteValue } from './values';

/** What has a `?` or a `;` that means none, what ends a statement, and every kind of parameter. */
const TOKENS =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|;|\?\d*|[:@$][A-Za-z_]\w*/g;

const BLANK = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*$/;

/**
 * How many values a statement takes: its `?`. SQLite's libraries differ in what they do with too few values and with a
 * second statement; one of them goes on in silence. So both are refused here.
 *
 * @throws RangeError for other parameters than `?`, and for a second statement
 */
export const countParameters = (sql: string): number => {
  let count = 0;
  for (const { 0: token, index } of sql.matchAll(TOKENS)) {
    if (token === '?') count += 1;
    else if (token === ';') {
      if (!BLANK.test(sql.slice(index))) throw new RangeError(`more than one statement: ${sql}`);
    } else if (/^[?:@$]/.test(token)) {
      throw new RangeError(`a parameter is a plain "?", not ${token}: ${sql}`);
    }
  }
  return count;
};

/** @throws RangeError for another number of values than `count`; TypeError for what SQLite has no type for */
export const checkValues = (sql: string, count: number, values: ReadonlyArray<unknown>): void => {
  if (values.length !== count) {
    throw new RangeError(`${values.length} values for the ${count} parameters of: ${sql}`);
  }
  for (const value of values) {
    if (!isSqliteValue(value)) throw new TypeError(`SQLite has no type for a ${typeof value}: ${sql}`);
  }
};
