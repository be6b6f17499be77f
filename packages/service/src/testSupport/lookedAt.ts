import { checkPaste, cleanPaste, type PasteFinding } from '@keyturn/domain';
import { knownVendors } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';

const { keyForms, list } = knownVendors();

/** Every vendor whose keys can be test-called. */
export const VENDORS = list.map(({ vendor }) => vendor);

/** Whether a key is known to be its vendor's by how it begins. */
export const isRecognised = (vendor: string, key: string): boolean =>
  keyForms(vendor).sightings(key)[0]?.owner === vendor;

/** Whether keys of a vendor may have a character. */
export const isOfAlphabet = (vendor: string, char: string): boolean => {
  const { alphabet } = keyForms(vendor);
  return alphabet === null || new RegExp(`^[${alphabet}]$`).test(char);
};

interface Refused {
  readonly code: string;
  readonly findings: ReadonlyArray<PasteFinding>;
  readonly cleanable: boolean;
}

/** What is said of a paste that is refused as it is. */
export const refused = (vendor: string, paste: string): Refused => {
  const checked = checkPaste(paste, keyForms(vendor));
  if (E.isRight(checked)) return { code: 'taken', findings: [], cleanable: false };
  const { code, facts } = checked.left;
  return 'findings' in facts
    ? { code, findings: facts.findings, cleanable: facts.cleanable }
    : { code, findings: [], cleanable: false };
};

/** What cleaning gives: the key, or the code of the refusal. */
export const cleaned = (vendor: string, paste: string): string => {
  const result = cleanPaste(paste, keyForms(vendor));
  return E.isRight(result) ? result.right : result.left.code;
};

/** In characters, as findings count. */
export const length = (text: string): number => Array.from(text).length;
