import { fromJsonText } from '@keyturn/event-store';
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const LARGEST_UNPACKED = 16 * 1_048_576;

/** A part that is not made smaller by more than this is not worth its inflating. */
const WORTH_INFLATING = 0.9;

/** A part of a snapshot as a JSON text, compressed where that is worth it. */
export const packPart = (part: unknown): string => {
  const plain = JSON.stringify(part);
  const packed = JSON.stringify(deflateRawSync(plain, { level: 1 }).toString('base64'));
  return packed.length < WORTH_INFLATING * plain.length ? packed : plain;
};

/** Null for what `packPart` did not pack. Look at its digest first. */
export const unpackPart = (text: string): unknown => {
  const packed = fromJsonText(text);
  if (typeof packed !== 'string') return packed;
  try {
    const json = inflateRawSync(Buffer.from(packed, 'base64'), { maxOutputLength: LARGEST_UNPACKED });
    return fromJsonText(json.toString());
  } catch {
    return null;
  }
};

/** What a part is named by: SHA-256 of its text, in base64url. */
export const partName = (text: string): string => createHash('sha256').update(text).digest('base64url');
