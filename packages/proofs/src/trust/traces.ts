import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Compared at a place of a file; anything of a value that is twice as long has such a place. */
const STRIDE = 12;

interface Piece {
  readonly value: Buffer;
  readonly offset: number;
  readonly of: string;
}

/** What a search came to. */
export interface Found {
  readonly bytes: number;
  /** Sentences such as `sealed bytes of key 6f… in vault.sqlite-wal`. */
  readonly traces: ReadonlyArray<string>;
}

/** Values that must not be in any file, looked for all at once: what is left of one is found from 24 bytes on. */
export class Traces {
  readonly #pieces = new Map<number, Piece[]>();
  /** Whether a piece has these two bytes first: most places of a file are passed over by that alone. */
  readonly #beginnings = new Uint8Array(2 ** 16);

  add(value: Buffer, of: string): void {
    for (let offset = 0; offset + STRIDE <= value.length; offset += 1) {
      const first = value.readUInt32LE(offset);
      this.#beginnings[first & 0xffff] = 1;
      const pieces = this.#pieces.get(first);
      if (pieces === undefined) this.#pieces.set(first, [{ value, offset, of }]);
      else pieces.push({ value, offset, of });
    }
  }

  /** Reads every file below a directory, write-ahead logs and shared memory included. */
  search(directory: string): Found {
    let bytes = 0;
    const traces = new Set<string>();
    for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const content = readFileSync(join(entry.parentPath, entry.name));
      bytes += content.length;
      for (const of of this.#in(content)) traces.add(`${of} in ${entry.name}`);
    }
    return { bytes, traces: [...traces] };
  }

  #in(content: Buffer): ReadonlySet<string> {
    const found = new Set<string>();
    for (let at = 0; at + STRIDE <= content.length; at += STRIDE) {
      const beginning = (content[at] ?? 0) | ((content[at + 1] ?? 0) << 8);
      if (this.#beginnings[beginning] === 0) continue;
      for (const { value, offset, of } of this.#pieces.get(content.readUInt32LE(at)) ?? []) {
        if (content.compare(value, offset, offset + STRIDE, at, at + STRIDE) === 0) found.add(of);
      }
    }
    return found;
  }
}
