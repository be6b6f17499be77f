import type { AnswerMeaning, AnswerRule, SuccessCondition, VendorTable } from './vendorTable';

/** What an answer says by the vendor's table. It holds nothing of the body but a code that the table names. */
export interface Reading {
  readonly meaning: 'accepted' | AnswerMeaning | 'unrecognised-answer';
  readonly code: string | null;
}

/**
 * Reads one answer. Only what the table names is an answer of the vendor: a success must have the vendor's success
 * shape, since a captive portal or a proxy answers 200 too.
 *
 * @param body the whole body, or null when it was too long to read
 */
export const readAnswer = (table: VendorTable, status: number, body: string | null): Reading => {
  const json = parse(body);
  const codes = table.error.codes
    .map((path) => at(json, path))
    .filter((value): value is string => typeof value === 'string');
  const code = codes.find((candidate) => table.knownCodes.includes(candidate)) ?? null;
  if (
    status === table.success.status &&
    table.success.conditions.every((condition) => holds(json, condition))
  ) {
    return { meaning: 'accepted', code: null };
  }
  const message = at(json, table.error.message);
  const rule = table.rules.find((candidate) => matches(candidate, status, codes, message));
  return { meaning: rule?.means ?? 'unrecognised-answer', code };
};

const matches = (rule: AnswerRule, status: number, codes: ReadonlyArray<string>, message: unknown): boolean =>
  (rule.status === '5xx' ? status >= 500 && status <= 599 : rule.status === status) &&
  (rule.body === 'any' || typeof message === 'string') &&
  (rule.codes === null || rule.codes.some((wanted) => codes.some((code) => matchesCode(wanted, code)))) &&
  (rule.phrase === null ||
    (typeof message === 'string' && message.toLowerCase().includes(rule.phrase.toLowerCase())));

const matchesCode = (wanted: string, code: string): boolean =>
  wanted.startsWith('*') ? code.endsWith(wanted.slice(1)) : code === wanted;

const holds = (json: unknown, condition: SuccessCondition): boolean => {
  const value = at(json, condition.path);
  if ('absent' in condition) return value === undefined || value === null;
  if ('oneOf' in condition) return typeof value === 'string' && condition.oneOf.includes(value);
  return condition.kind === 'array'
    ? Array.isArray(value)
    : typeof value === condition.kind && value !== null && !Array.isArray(value);
};

const at = (json: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      json,
    );

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const parse = (body: string | null): unknown => {
  try {
    const json: unknown = body === null ? undefined : JSON.parse(body);
    return json;
  } catch {
    return undefined;
  }
};
