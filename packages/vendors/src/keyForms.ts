import { encodedSighting } from './encodedSightings';
import { forgetLastMatch } from './forgetLastMatch';
import { knownSecrets } from './knownSecrets';
import { makeSightings, type Sighting } from './sightings';
import type { VendorTable } from './vendorTable';

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

/** Finds the secrets of these vendors and of other services. What that takes is made when it is first asked for. */
const sightingsBy = (tables: ReadonlyMap<string, VendorTable>): KeyForms['sightings'] => {
  let made: ReturnType<typeof makeSightings> | undefined;
  return (text) => {
    made ??= makeSightings(knownSecrets([...tables.values()]));
    const plain = made(text);
    const encoded = plain.length < 2 ? encodedSighting(text, made, plain) : null;
    forgetLastMatch();
    return encoded === null ? plain : [...plain, encoded].sort((a, b) => a.at - b.at);
  };
};

/** What a paste for a vendor's key is looked at with, by these tables. Total: any vendor, known or not. */
export const keyFormsBy = (tables: ReadonlyMap<string, VendorTable>): ((vendor: string) => KeyForms) => {
  const sightings = sightingsBy(tables);
  return (vendor) => {
    const key = tables.get(vendor)?.key;
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
};
