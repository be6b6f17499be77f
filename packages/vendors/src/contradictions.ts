import type { AdminApi } from './admin/adminApi';
import { adminContradictionIn } from './admin/adminContradictions';
import type { AnswerRule, ErrorAnswers } from './answerRules';
import type { Json } from './tableCodecs';

/** What of a table can contradict itself. */
interface Checked {
  readonly url: string;
  readonly regions: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  readonly models: ReadonlyArray<string>;
  readonly success: { readonly conditions: ReadonlyArray<unknown> };
  readonly killCheck: {
    readonly url: string;
    readonly body: Json;
    readonly success: { readonly conditions: ReadonlyArray<unknown> };
    readonly refusals: ReadonlyArray<{ readonly conditions: ReadonlyArray<unknown> }>;
  } | null;
  readonly errors: ErrorAnswers;
  readonly admin: AdminApi | null;
  readonly requestId: { readonly pattern: string } | null;
  readonly key: { readonly pattern: string | null; readonly alphabet: string | null };
  readonly steps: { readonly make: ReadonlyArray<string>; readonly revoke: ReadonlyArray<string> };
}

const URL_FORM =
  /^(https:\/\/[a-z0-9.-]*(\{region\})?[a-z0-9.-]+|\{endpoint\}|\{baseUrl\})(\/([A-Za-z0-9._~:-]|\{model\})*)+$/;

const hostIn = (url: string): string => url.split('/').slice(0, 3).join('/');

const compiles = (pattern: string): boolean => {
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
};

const UNDECIDED_ANYWHERE: ReadonlyArray<AnswerRule['means']> = ['overloaded', 'vendor-error'];
const WITH_CAUSE: ReadonlyArray<AnswerRule['means']> = ['restricted', 'misdirected', 'rejected'];

/** Whether a rule decides on more than the vendor's own word. */
const isTooWide = ({ body, means, codes, phrases }: AnswerRule): boolean =>
  body === 'any' && (!UNDECIDED_ANYWHERE.includes(means) || codes !== null || phrases !== null);

const unknownCodes = ({ rules, knownCodes }: ErrorAnswers): ReadonlyArray<string> =>
  rules
    .flatMap((rule) => rule.codes ?? [])
    .filter((code) => !code.startsWith('*') && !knownCodes.includes(code));

/** Whether a call says which model it asks for. */
export const namesModel = ({ url, body }: Pick<Checked, 'url' | 'body'>): boolean =>
  url.includes('{model}') || JSON.stringify(body).includes('"{model}"');

const secretsPlace = ({ url, body }: Pick<Checked, 'url' | 'body'>): boolean =>
  url.includes('{secret}') || JSON.stringify(body).includes('{secret}');

/** What a table says twice must agree, and its secret goes to one place. Null when nothing is wrong. */
export const contradictionIn = (table: Checked): string | null => {
  const unknown = unknownCodes(table.errors);
  const patterns = [table.key.pattern, table.requestId?.pattern, `[${table.key.alphabet ?? 'a'}]`];
  const problems: ReadonlyArray<readonly [boolean, string]> = [
    [
      Object.values(table.headers).join('\n').split('{secret}').length !== 2,
      'exactly one header must have {secret}, once',
    ],
    [
      [table, ...(table.killCheck === null ? [] : [table.killCheck])].some(secretsPlace),
      'only a header may have {secret}',
    ],
    [
      !URL_FORM.test(table.url) || !URL_FORM.test(table.killCheck?.url ?? table.url),
      'url must be https://host/path, {endpoint}/path or {baseUrl}/path, without port, user or query',
    ],
    [
      !/^https:\/\/[a-z0-9.-]+\//.test(table.url) && Object.keys(table.regions).length > 0,
      'regions take the place of a fixed host, and url has none',
    ],
    [!namesModel(table), 'neither url nor body names {model}'],
    [
      table.models.length !== 2 && !(table.models.length === 0 && /^\{(endpoint|baseUrl)\}/.test(table.url)),
      'models must be two, or none where the endpoint comes with the key',
    ],
    [
      table.success.conditions.length === 0 || table.killCheck?.success.conditions.length === 0,
      'success needs at least one condition on the body',
    ],
    [
      table.killCheck?.refusals.some(({ conditions }) => conditions.length === 0) === true,
      'each of killCheck.refusals needs at least one condition on the body',
    ],
    [
      table.killCheck !== null && hostIn(table.killCheck.url) !== hostIn(table.url),
      'killCheck.url has another host than url',
    ],
    [table.errors.shapes.length === 0, 'errors.shapes is empty'],
    [
      table.errors.shapes.some(({ conditions, codes }) => conditions.length === 0 && codes.length === 0),
      'an error shape needs a condition or a code',
    ],
    [
      table.requestId === null &&
        table.errors.shapes.some(({ conditions }) => conditions.some((one) => 'requestId' in one)),
      'an error shape asks for a request id, and requestId is null',
    ],
    [unknown.length > 0, `rules name codes that knownCodes lacks: ${unknown.join(', ')}`],
    [
      table.errors.rules.some(isTooWide),
      'a rule for any body can mean overloaded or vendor-error, by its status alone',
    ],
    [
      table.errors.rules.some(({ means, cause }) => cause !== null && !WITH_CAUSE.includes(means)),
      'only what is restricted, misdirected or rejected has a cause',
    ],
    [
      patterns.some((pattern) => typeof pattern === 'string' && !compiles(pattern)),
      'a pattern is no regular expression',
    ],
    [
      table.steps.make.length === 0 || table.steps.revoke.length === 0,
      'steps say how a key is made, and how one is revoked',
    ],
  ];
  const own = problems.find(([isWrong]) => isWrong)?.[1];
  if (own !== undefined) return own;
  const problem = table.admin === null ? null : adminContradictionIn(table.admin);
  return problem === null ? null : `admin: ${problem}`;
};
