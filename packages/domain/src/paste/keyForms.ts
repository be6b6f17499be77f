/** A secret that was recognised in a paste. Holds nothing of it. */
export interface Sighting {
  /** How much of the paste stands before it, in UTF-16 units. */
  readonly at: number;
  /** The slug of a vendor, or the name of a service. */
  readonly owner: string;
  readonly isVendor: boolean;
  /** It administers an organisation. */
  readonly isAdmin: boolean;
  /** It stands there in base64, or in hexadecimal digits. */
  readonly isEncoded: boolean;
}

/** What is known of the keys that a paste may hold: data and questions, so that no vendor is known here. */
export interface KeyForms {
  /** Whose key is awaited. */
  readonly vendor: string;
  /** The characters of its keys, as in a class of a regular expression; null where those are not known. */
  readonly alphabet: string | null;
  /** Whether a text is what its keys look like today; null where that is not known. */
  readonly fits: (text: string) => boolean | null;
  /** Secrets of anybody in a text: the first two. */
  readonly sightings: (text: string) => ReadonlyArray<Sighting>;
}

/** For a paste of which nothing is known but that it is to be a key. */
export const ANY_KEY: KeyForms = {
  vendor: '',
  alphabet: null,
  fits: () => null,
  sightings: () => [],
};

/** The caller's word on what can't be known here. */
export interface PasteWord {
  /** What looks like another vendor's key, or another service's secret, is this vendor's key. */
  readonly vendorIsCertain?: boolean;
  /** The paste is the key, as it is, whatever printable characters it has. */
  readonly keyIsCertain?: boolean;
}
