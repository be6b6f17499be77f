import * as E from 'fp-ts/Either';
import { parseJson } from '../jsonPath';
import { readCsvUsage } from './csvUsage';
import { readJsonUsage } from './jsonUsage';
import type { Usage, UsageProblem } from './usage';
import { USAGE_FORMATS } from './usageFormat';

/** Longest input. A year of minutes in CSV has 30 MB. */
const MOST_BYTES = 32 * 1024 * 1024;

const textOf = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/**
 * Reads what a vendor counted of a key: the answer of its own interface about usage, saved as it came, or CSV with a
 * first line `start,end,requests` (and `tokens`, if they are known) for everybody else. Times need their zone; a day
 * alone is one in UTC. Rows of the same times are added up, nothing is dropped in silence, and nothing of the input is
 * repeated in a problem.
 *
 * @param bytes the whole file, up to 32 MiB of UTF-8. They are neither kept nor wiped
 * @param vendor whose formats are taken beside CSV
 * @param keyId the vendor's own id of the key: rows of other keys are counted apart. Null to take every row
 *
 * @example
 * const csv = Buffer.from('start,end,requests\n2026-11-05T14:00:00Z,2026-11-05T15:00:00Z,12\n');
 * const usage = readUsage(csv, 'groq', null);
 * // { _tag: 'Right', right: { format: 'csv', buckets: [{ start, end, requests: 12, tokens: null }], … } }
 */
export const readUsage = (
  bytes: Uint8Array,
  vendor: string,
  keyId: string | null,
): E.Either<UsageProblem, Usage> => {
  if (bytes.length > MOST_BYTES) return E.left({ at: null, problem: 'no more than 32 MiB' });
  const text = textOf(bytes);
  if (text === null) return E.left({ at: null, problem: 'text in UTF-8' });
  if (!/^\s*[[{]/.test(text)) return readCsvUsage(text);
  const formats = USAGE_FORMATS.filter((format) => format.vendor === vendor);
  if (formats.length === 0) {
    return E.left({ at: null, problem: 'CSV: no usage of this vendor is known in JSON' });
  }
  const json = parseJson(text);
  return json === undefined
    ? E.left({ at: null, problem: 'whole JSON, or CSV' })
    : readJsonUsage(json, formats, keyId);
};
