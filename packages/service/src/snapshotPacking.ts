import { fromJsonText } from '@keyturn/event-store';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Well under the 1 MiB that EventStoreDB takes as one append unless configured otherwise. */
const LARGEST_PACKED = 900_000;
const LARGEST_UNPACKED = 64 * 1_048_576;

/** Compresses a snapshot to a JSON text; null when even so it would be larger than every store takes, and is then not kept. */
export const packSnapshot = (snapshot: unknown): string | null => {
  const packed = deflateRawSync(JSON.stringify(snapshot), { level: 1 }).toString('base64');
  return packed.length <= LARGEST_PACKED ? JSON.stringify(packed) : null;
};

/** Null for what `packSnapshot` did not pack. */
export const unpackSnapshot = (text: string): unknown => {
  try {
    const json = inflateRawSync(Buffer.from(String(fromJsonText(text)), 'base64'), {
      maxOutputLength: LARGEST_UNPACKED,
    });
    return JSON.parse(json.toString());
  } catch {
    return null;
  }
};
