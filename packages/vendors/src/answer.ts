import type { AnswerMeaning, AnswerRule, FailureCause } from './answerRules';
import { holds, parseJson } from './jsonPath';
import { claims, errorIn, type VendorError } from './vendorError';
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

/**
 * Reads one answer. Only what has the vendor's own whole form is an answer of the vendor: a captive portal answers 200
 * too, and a proxy writes errors in JSON. What two rules claim in different ways is no answer that a rule knows.
 */
export const readAnswer = (table: CalledTable, answer: Answer): Reading => {
  const json = parseJson(answer.body);
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
  claiming(table, answer.status, errorIn(table, parseJson(answer.body), answer));

const claiming = (
  { errors }: CalledTable,
  status: number,
  error: VendorError | null,
): ReadonlyArray<AnswerRule> => errors.rules.filter((rule) => claims(rule, status, error));
