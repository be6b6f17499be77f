import { looksLikeSecret, looksLikeVendorKey } from 'keyturn';
import { isEncoded } from '../../guards/body';
import { bytesOf } from '../../guards/bytes';
import { invalidInput, requestProblem, type Problem } from '../../problems/problem';

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

/** So many characters in a row of a key are too many: the door refuses eight, in whatever writing. */
const TOO_MANY = 6;

/** Longer than anything that is taken for a key. */
const LONGEST_KEY = 16_384;

function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at + TOO_MANY <= text.length; at += 1) yield text.slice(at, at + TOO_MANY);
}

const hasPieceOf = (text: string, pieces: ReadonlySet<string>): boolean => {
  if (pieces.size === 0) return false;
  for (const piece of piecesOf(text)) if (pieces.has(piece)) return true;
  return false;
};

/** The key in a paste: whatever stands around it is shorter. No regular expression, which would hold on to it. */
const keyIn = (pasted: string): string =>
  [' ', '\n', '\t', '=', '"', "'"]
    .reduce((parts, mark) => parts.flatMap((part) => part.split(mark)), [pasted])
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '');

const keptOf = (fields: URLSearchParams): ReadonlyMap<string, string> => {
  const key = keyIn(fields.get(PASTED) ?? '').toLowerCase();
  if (key.length > LONGEST_KEY) return new Map();
  const ofKey = new Set(piecesOf(key));
  const isSafe = (value: string): boolean =>
    !looksLikeSecret(value) && !hasPieceOf(value.toLowerCase(), ofKey);
  return new Map([...fields].filter(([name, value]) => !OWN_FIELDS.includes(name) && isSafe(value)));
};

const misplacedIn = (fields: URLSearchParams): string | null =>
  [...fields].find(([name, value]) => name !== PASTED && looksLikeVendorKey(value))?.[0] ?? null;

/** Lines as they were written: a browser sends each with CR and LF. */
const withPlainLines = (sent: URLSearchParams): URLSearchParams => {
  const fields = new URLSearchParams();
  for (const [name, value] of sent) {
    fields.append(name, name === PASTED ? value : value.replaceAll('\r\n', '\n'));
  }
  return fields;
};

/**
 * The fields of a form's body. Its bytes are wiped.
 *
 * @throws ProblemError `unsupported-media-type`, `body-too-large`, `invalid-input`
 */
export const readForm = async (request: Request, most: number): Promise<Form> => {
  const bytes = await bytesOf(request, most);
  try {
    if (!FORM_TYPE.test(request.headers.get('content-type') ?? '') || isEncoded(request.headers)) {
      throw requestProblem('unsupported-media-type');
    }
    const fields = withPlainLines(new URLSearchParams(new TextDecoder().decode(bytes)));
    const names = [...fields.keys()];
    if (new Set(names).size !== names.length) throw invalidInput('form', 'a form with each field once');
    return {
      text: (name) => fields.get(name) ?? '',
      has: (name) => fields.has(name),
      misplaced: misplacedIn(fields),
      // Only where it is needed: a long text takes a while to look through.
      get kept() {
        return keptOf(fields);
      },
    };
  } finally {
    bytes.fill(0);
  }
};

/** The same without the field that was refused for what it holds: the door finds a key in more writings. */
export const keptAfter = ({ type, facts }: Problem, { kept }: Form): Form['kept'] => {
  if (type !== 'text-contains-secret') return kept;
  const [, refused] = Object.entries(facts ?? {}).find(([name]) => name === 'field') ?? [];
  return new Map([...kept].filter(([name]) => name !== refused));
};
