import { writtenForms, type SearchedSecret } from './writtenForms';

/** A secret, and the form in which a window of it was seen. */
export interface Occurrence {
  readonly secret: string;
  readonly form: string;
}

interface Pattern extends Occurrence {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** Every window has at least so many bytes in every form: the first of them are what is looked up. */
const ROLLING = 8;
const FILTER_BITS = 23;

/** Taken once: in jest a look at a global is slow, and this one is made for each byte. */
const { imul } = Math;

const hashOf = (high: number, low: number): number => {
  const mixed = imul(high, 0x9e3779b1) ^ imul(low, 0x85ebca6b);
  return imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
};

const slot = (hash: number): number => hash >>> (32 - FILTER_BITS);

/**
 * Finds any window of any of many secrets in one pass: the last 8 bytes are hashed at each position, a table of bits
 * tells almost all positions apart from a beginning of a window, and the rest are compared.
 */
export class WindowIndex {
  readonly #filter = new Uint32Array(1 << (FILTER_BITS - 5));
  readonly #patterns = new Map<number, Pattern[]>();

  add(secret: SearchedSecret): void {
    for (const { name, bytes, windows } of writtenForms(secret)) {
      for (const [from, to] of windows) this.#enter({ secret: secret.name, form: name, bytes, from, to });
    }
  }

  #enter(pattern: Pattern): void {
    const { bytes, from } = pattern;
    const hash = hashOf(bytes.readInt32BE(from), bytes.readInt32BE(from + 4));
    const at = slot(hash);
    this.#filter[at >>> 5] = (this.#filter[at >>> 5] ?? 0) | (1 << (at & 31));
    const others = this.#patterns.get(hash);
    if (others === undefined) this.#patterns.set(hash, [pattern]);
    else others.push(pattern);
  }

  /** Each secret and form once. */
  occurrencesIn(content: Uint8Array): ReadonlyArray<Occurrence> {
    const filter = this.#filter;
    const seen = new Map<string, Occurrence>();
    let [high, low] = [0, 0];
    for (let i = 0; i < content.length; i += 1) {
      high = (high << 8) | (low >>> 24);
      low = (low << 8) | (content[i] ?? 0);
      const hash = hashOf(high, low);
      const at = slot(hash);
      if (((filter[at >>> 5] ?? 0) & (1 << (at & 31))) === 0) continue;
      for (const pattern of this.#at(hash, content, i - ROLLING + 1)) {
        seen.set(`${pattern.secret}\n${pattern.form}`, { secret: pattern.secret, form: pattern.form });
      }
    }
    return [...seen.values()];
  }

  #at(hash: number, content: Uint8Array, start: number): ReadonlyArray<Pattern> {
    if (start < 0) return [];
    return (this.#patterns.get(hash) ?? []).filter(
      ({ bytes, from, to }) =>
        start + to - from <= content.length &&
        bytes.compare(content, start, start + to - from, from, to) === 0,
    );
  }
}
