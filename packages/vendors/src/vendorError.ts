import type { AnswerRule, ErrorAnswers, ErrorCondition, ErrorShape } from './answerRules';
import { holds, valuesAt } from './jsonPath';
import { hasOwnForm } from './requestId';
import type { CalledTable } from './vendorTable';

/** An error as the vendor tells it. */
export interface VendorError {
  readonly message: string;
  readonly codes: ReadonlyArray<string>;
}

/** How a vendor tells of errors: its forms, and where it writes codes and ids. */
type Told = Pick<CalledTable, 'requestId'> & {
  readonly errors: Pick<ErrorAnswers, 'shapes' | 'codeHeader' | 'knownCodes'>;
};

/** What of an answer tells of an error beside its body. */
interface Headers {
  readonly code: string | null;
  readonly requestId: string | null;
}

/** The vendor's error in an answer, or null where the answer has none of its forms. */
export const errorIn = (table: Told, json: unknown, { code, requestId }: Headers): VendorError | null => {
  const { errors } = table;
  const headerCode = code?.split(':')[0] ?? null;
  const fits = (condition: ErrorCondition): boolean =>
    'requestId' in condition ? hasOwnForm(table, requestId) : holds(json, condition);
  for (const shape of errors.shapes) {
    if (!shape.conditions.every(fits)) continue;
    const codes = [...(headerCode === null ? [] : [headerCode]), ...codesIn(shape, json)];
    const isKnown = codes.some((candidate) => errors.knownCodes.includes(candidate));
    if (!isKnown && shape.codes.length > 0) continue;
    const [message] = valuesAt(json, shape.message);
    return { message: typeof message === 'string' ? message : '', codes };
  }
  return null;
};

const codesIn = ({ codes }: ErrorShape, json: unknown): ReadonlyArray<string> =>
  codes.flatMap((path) => valuesAt(json, path)).filter((value) => typeof value === 'string');

/** 529 is left out: it has one meaning of its own, which is overloaded. */
const isServerError = (status: number): boolean => status >= 500 && status <= 599 && status !== 529;

/** Whether a rule is about this answer. */
export const claims = (
  rule: Omit<AnswerRule, 'means' | 'cause'>,
  status: number,
  error: VendorError | null,
): boolean => {
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

const matchesCode = (wanted: string, code: string): boolean =>
  wanted.startsWith('*') ? code.endsWith(wanted.slice(1)) : code === wanted;
