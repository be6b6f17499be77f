import type {
  AnswerMeaning,
  AnswerRule,
  BodyCondition,
  ErrorCondition,
  ErrorShape,
  FailureCause,
} from './answerRules';
import { hasOwnForm } from './requestId';
import type { CalledTable } from './vendorTable';

/** One answer as it came. */
export interface Answer {
  readonly status: number;
  /** The whole body, or null when it was too long to read. */
  readonly body: string | null;
  /** The header that the vendor writes a code into, or null. */
  readonly code: string | null;
  /** The header that the vendor writes the request's id into, or null. */
  readonly requestId: string | null;
}

/** What an answer says by the vendor's table. It holds nothing of the body but a code that the table names. */
export interface Reading {
  readonly meaning: 'accepted' | AnswerMeaning | 'unrecognised-answer';
  readonly cause: FailureCause | null;
  readonly code: string | null;
}

/** An error as the vendor tells it. */
interface VendorError {
  readonly message: string;
  readonly codes: ReadonlyArray<string>;
}

/**
 * Reads one answer. Only what has the vendor's own whole form is an answer of the vendor: a captive portal answers 200
 * too, and a proxy writes errors in JSON. What two rules claim in different ways is no answer that a rule knows.
 */
export const readAnswer = (table: CalledTable, answer: Answer): Reading => {
  const json = parse(answer.body);
  const isOwn = ({ status, conditions }: CalledTable['success']): boolean =>
    answer.status === status && conditions.every((condition) => holds(json, condition));
  if (isOwn(table.success)) return { meaning: 'accepted', cause: null, code: null };
  if (table.refusals?.some(isOwn) === true) return { meaning: 'rejected', cause: null, code: null };
  const error = errorIn(table, json, answer);
  const code = error?.codes.find((candidate) => table.errors.knownCodes.includes(candidate)) ?? null;
  const [rule, ...others] = claiming(table, answer.status, error);
  const agreed = others.every(({ means, cause }) => means === rule?.means && cause === rule.cause);
  return rule === undefined || !agreed
    ? { meaning: 'unrecognised-answer', cause: null, code }
    : { meaning: rule.means, cause: rule.cause, code };
};

/** The rules that claim an answer: no more than one, by the check of the tables. */
export const rulesFor = (table: CalledTable, answer: Answer): ReadonlyArray<AnswerRule> =>
  claiming(table, answer.status, errorIn(table, parse(answer.body), answer));

const claiming = (
  { errors }: CalledTable,
  status: number,
  error: VendorError | null,
): ReadonlyArray<AnswerRule> => errors.rules.filter((rule) => claims(rule, status, error));

/** 529 is left out: it has one meaning of its own, which is overloaded. */
const isServerError = (status: number): boolean => status >= 500 && status <= 599 && status !== 529;

const claims = (rule: AnswerRule, status: number, error: VendorError | null): boolean => {
  if (rule.status === '5xx' ? !isServerError(status) : rule.status !== status) return false;
  if (error === null) return rule.body === 'any';
  const { codes, message } = error;
  const has = (wanted: string): boolean => codes.some((code) => matchesCode(wanted, code));
  const says = (phrase: string): boolean => message.toLowerCase().includes(phrase.toLowerCase());
  return (
    !rule.unless.some((other) => has(other) || says(other)) &&
    (rule.codes === null || rule.codes.some(has)) &&
    (rule.phrases === null || rule.phrases.some(says))
  );
};

/** The vendor's error in an answer, or null where the answer has none of its forms. */
const errorIn = (table: CalledTable, json: unknown, { code, requestId }: Answer): VendorError | null => {
  const { errors } = table;
  const headerCode = code?.split(':')[0] ?? null;
  const fits = (condition: ErrorCondition): boolean =>
    'requestId' in condition ? hasOwnForm(table, requestId) : holds(json, condition);
  for (const shape of errors.shapes) {
    if (!shape.conditions.every(fits)) continue;
    const codes = [...(headerCode === null ? [] : [headerCode]), ...codesIn(shape, json)];
    const isKnown = codes.some((code) => errors.knownCodes.includes(code));
    if (!isKnown && shape.codes.length > 0) continue;
    const [message] = valuesAt(json, shape.message);
    return { message: typeof message === 'string' ? message : '', codes };
  }
  return null;
};

const codesIn = ({ codes }: ErrorShape, json: unknown): ReadonlyArray<string> =>
  codes.flatMap((path) => valuesAt(json, path)).filter((value) => typeof value === 'string');

const matchesCode = (wanted: string, code: string): boolean =>
  wanted.startsWith('*') ? code.endsWith(wanted.slice(1)) : code === wanted;

const holds = (json: unknown, condition: BodyCondition): boolean => {
  const values = valuesAt(json, condition.path);
  if ('absent' in condition) return values.every((value) => value === undefined || value === null);
  return values.some((value) => {
    if ('oneOf' in condition) return condition.oneOf.some((wanted) => wanted === value);
    if (condition.kind === 'array') return Array.isArray(value);
    return typeof value === condition.kind && value !== null && !Array.isArray(value);
  });
};

/** Every value that stands at a path: none, one, or many where it goes through arrays. */
const valuesAt = (json: unknown, path: string): ReadonlyArray<unknown> =>
  path.split('.').reduce<ReadonlyArray<unknown>>(
    (values, name) =>
      values.flatMap((value): ReadonlyArray<unknown> => {
        if (name === '*') return Array.isArray(value) ? value : [];
        return isRecord(value) && Object.hasOwn(value, name) ? [value[name]] : [];
      }),
    [json],
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
