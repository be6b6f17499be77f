import { encodedSighting } from './encodedSightings';
import { forgetLastMatch } from './forgetLastMatch';
import { KNOWN_SECRETS } from './knownSecrets';
import { displayName } from './knownVendors';
import { makeSightings, type Sighting } from './sightings';
import { VENDOR_TABLES } from './vendors/tables';

/** What is known of how a vendor's keys look, and of all other secrets. */
export interface KeyForms {
  readonly vendor: string;
  /** The characters that its keys consist of, as in a class of a regular expression; null where that is not known. */
  readonly alphabet: string | null;
  /** Whether a text is what its keys look like today; null where that is not known. */
  readonly fits: (text: string) => boolean | null;
  /** Secrets of anybody in a text, in plain or encoded: the first two. */
  readonly sightings: (text: string) => ReadonlyArray<Sighting>;
}

const sightingsIn = makeSightings(KNOWN_SECRETS);

const sightings = (text: string): ReadonlyArray<Sighting> => {
  const plain = sightingsIn(text);
  const encoded = plain.length < 2 ? encodedSighting(text, sightingsIn, plain) : null;
  forgetLastMatch();
  return encoded === null ? plain : [...plain, encoded].sort((a, b) => a.at - b.at);
};

/**
 * What a paste for a vendor's key is looked at with. Total: any vendor, known or not, and any text.
 *
 * @example
 * keyForms('anthropic').sightings('sk-proj-…'); // [{ at: 0, owner: 'openai', … }]
 */
export const keyForms = (vendor: string): KeyForms => {
  const key = VENDOR_TABLES.find((table) => table.vendor === vendor)?.key;
  const whole = typeof key?.pattern === 'string' ? new RegExp(key.pattern) : null;
  return {
    vendor,
    alphabet: key?.alphabet ?? null,
    fits: (text) => {
      const fits = whole === null ? null : whole.test(text);
      forgetLastMatch();
      return fits;
    },
    sightings,
  };
};

/** A sentence when a key does not look as its vendor's keys do today. Only a warning: formats change. */
export const formatWarning = (vendor: string, key: string): string | null => {
  const words = VENDOR_TABLES.find((table) => table.vendor === vendor)?.key.patternInWords ?? '';
  return keyForms(vendor).fits(key) === false
    ? `This does not look like a key of ${displayName(vendor)}, which today is ${words}. ` +
        'Formats change, so it is tested all the same.'
    : null;
};
