import { fromJsonText } from '@keyturn/event-store';
import * as t from 'io-ts';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Well under the 1 MiB that EventStoreDB takes as one append unless configured otherwise. */
const LARGEST_PACKED = 900_000;
const LARGEST_UNPACKED = 64 * 1_048_576;

const Packed = t.type({ state: t.string });

/** Compresses a snapshot to a JSON text; null when it would be larger than every store takes: it is not kept then. */
export const packSnapshot = (snapshot: unknown): string | null => {
  const state = deflateRawSync(JSON.stringify(snapshot), { level: 1 }).toString('base64');
  return state.length <= LARGEST_PACKED ? JSON.stringify({ state }) : null;
};

/** Null for what `packSnapshot` did not pack. */
export const unpackSnapshot = (text: string): unknown => {
  const packed = fromJsonText(text);
  if (!Packed.is(packed)) return null;
  try {
    const json = inflateRawSync(Buffer.from(packed.state, 'base64'), { maxOutputLength: LARGEST_UNPACKED });
    return JSON.parse(json.toString());
  } catch {
    return null;
  }
};
