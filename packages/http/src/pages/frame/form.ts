import { looksLikeSecret, looksLikeVendorKey } from 'keyturn';
import { bytesOf } from '../../guards/bytes';
import { invalidInput, requestProblem } from '../../problems/problem';

const FORM_TYPE = /^application\/x-www-form-urlencoded *(; *charset="?utf-8"?)? *$/i;

/** The one field that a key is pasted into. What it holds is read once, and is in no page. */
export const PASTED = 'pasted';

/** Fields that belong to the form itself. */
const OWN_FIELDS: ReadonlyArray<string> = ['token', 'act', PASTED];

/** What was sent with a form. */
export interface Form {
  /** Empty for a field that was not sent. */
  readonly text: (name: string) => string;
  readonly has: (name: string) => boolean;
  /** A field other than the one for keys that holds a vendor's key; null where none does. */
  readonly misplaced: string | null;
  /** What may stand in the form again: nothing that is a secret, or looks like one. */
  readonly kept: ReadonlyMap<string, string>;
}

const keptOf = (fields: URLSearchParams): ReadonlyMap<string, string> => {
  const pasted = (fields.get(PASTED) ?? '').trim();
  const isSafe = (value: string): boolean =>
    !looksLikeSecret(value) && !looksLikeVendorKey(value) && (pasted === '' || !value.includes(pasted));
  return new Map([...fields].filter(([name, value]) => !OWN_FIELDS.includes(name) && isSafe(value)));
};

const misplacedIn = (fields: URLSearchParams): string | null =>
  [...fields].find(([name, value]) => name !== PASTED && looksLikeVendorKey(value))?.[0] ?? null;

/**
 * The fields of a form's body. Its bytes are wiped.
 *
 * @throws ProblemError `unsupported-media-type`, `body-too-large`, `invalid-input`
 */
export const readForm = async (request: Request, most: number): Promise<Form> => {
  const bytes = await bytesOf(request, most);
  try {
    if (!FORM_TYPE.test(request.headers.get('content-type') ?? '')) {
      throw requestProblem('unsupported-media-type');
    }
    const fields = new URLSearchParams(new TextDecoder().decode(bytes));
    const names = [...fields.keys()];
    if (new Set(names).size !== names.length) throw invalidInput('form', 'a form with each field once');
    return {
      text: (name) => fields.get(name) ?? '',
      has: (name) => fields.has(name),
      misplaced: misplacedIn(fields),
      kept: keptOf(fields),
    };
  } finally {
    bytes.fill(0);
  }
};
