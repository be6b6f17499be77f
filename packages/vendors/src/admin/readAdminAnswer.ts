import { holds, parseJson } from '../jsonPath';
import type { VendorTable } from '../vendorTable';
import { claims, errorIn } from '../vendorError';
import type { AdminApi, AdminCall, AdminMeaning } from './adminApi';

/** What an answer says by the vendor's table: the JSON of a success, or what an error means. */
export type AdminReading =
  | { readonly kind: 'success'; readonly json: unknown }
  | {
      readonly kind: 'error';
      readonly meaning: AdminMeaning | 'unrecognised-answer';
      readonly code: string | null;
    };

interface Answer {
  readonly status: number;
  readonly body: string | null;
}

const isObject = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Reads one answer. As with test calls, only what has the vendor's own whole form is the vendor's. */
export const readAdminAnswer = (
  { requestId }: Pick<VendorTable, 'requestId'>,
  { errors }: AdminApi,
  { success }: AdminCall,
  { status, body }: Answer,
): AdminReading => {
  const json = parseJson(body);
  const isEmpty = status === 204 && success.conditions.length === 0;
  const isOwn = status === success.status && success.conditions.every((condition) => holds(json, condition));
  if (isOwn && (isEmpty || isObject(json))) return { kind: 'success', json };
  const error = errorIn({ errors, requestId }, json, { code: null, requestId: null });
  const code = error?.codes.find((candidate) => errors.knownCodes.includes(candidate)) ?? null;
  const [rule, ...others] = errors.rules.filter((candidate) => claims(candidate, status, error));
  const agreed = others.every(({ means }) => means === rule?.means);
  return { kind: 'error', meaning: rule === undefined || !agreed ? 'unrecognised-answer' : rule.means, code };
};
