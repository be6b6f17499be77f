import type { FindingKind } from '../findings';
import type { KeyForms } from '../keyForms';

/** Something around a key that is known to be no part of it. */
export interface Layer {
  readonly kind: FindingKind;
  /** How much of the text it takes, in UTF-16 units: in front and behind. Never all of it, but for blanks. */
  readonly front: number;
  readonly back: number;
}

/** Looks for one layer around a text. */
export type Peel = (text: string, forms: KeyForms) => Layer | null;
