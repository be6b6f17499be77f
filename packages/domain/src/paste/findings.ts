/** What a paste has besides the key, or in its place. */
export type FindingKind =
  | 'several-keys'
  | 'admin-key'
  | 'encoded'
  | 'other-vendor'
  | 'other-service'
  | 'not-utf8'
  | 'not-text'
  | 'masked'
  | 'placeholder'
  | 'invisible'
  | 'bearer'
  | 'header'
  | 'export'
  | 'powershell'
  | 'name-equals'
  | 'name-colon'
  | 'option'
  | 'url'
  | 'path'
  | 'text'
  | 'code'
  | 'comment'
  | 'brackets'
  | 'escape'
  | 'odd-character'
  | 'quotes'
  | 'lone-quote'
  | 'white-space';

/** Where it is, as seen from the key. */
export type FindingPlace = 'front' | 'end' | 'around' | 'within' | 'whole';

/** Characters that nobody sees, in a row. */
export interface UnseenRun {
  /** Such as `U+00A0`. */
  readonly character: string;
  readonly count: number;
}

/** Something in a paste that is no part of the key. Holds no character of the key. */
export interface Finding {
  readonly kind: FindingKind;
  readonly place: FindingPlace;
  /** How many characters of the paste stand before it. */
  readonly at: number;
  /** How many characters it has. */
  readonly length: number;
  /** What it is made of, where that can't be seen. */
  readonly unseen?: ReadonlyArray<UnseenRun>;
  /** Whose secret it is: the slug of a vendor, or the name of a service. */
  readonly owner?: string;
  /** How many more of its kind there are, which are not listed. */
  readonly more?: number;
}

/** As a refusal has it. */
export interface PasteFinding extends Finding {
  /** What and where in one language, such as "one space after the last character". */
  readonly words: string;
}
