import type { LogView } from './logView';
import { TOMBSTONE, type LogRecord } from './record';

/** Who may do what with a stream: names of users and roles. A field that is null leaves it to the defaults. */
export interface StreamAcl {
  readonly read: ReadonlyArray<string> | null;
  readonly write: ReadonlyArray<string> | null;
  readonly delete: ReadonlyArray<string> | null;
  readonly metaRead: ReadonlyArray<string> | null;
  readonly metaWrite: ReadonlyArray<string> | null;
}

export interface StreamMetadata {
  readonly maxCount: bigint | null;
  readonly maxAgeMs: number | null;
  /** First revision that readers are shown; `TOMBSTONE` once the stream was deleted. */
  readonly truncateBefore: bigint | null;
  readonly acl: StreamAcl | null;
}

const NONE: StreamMetadata = { maxCount: null, maxAgeMs: null, truncateBefore: null, acl: null };

export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;
/** The stream that a metastream is about. */
export const originalOf = (metastream: string): string => metastream.slice(2);

/** The fields of a JSON object; none for anything else. */
export const jsonFields = (bytes: Uint8Array): ReadonlyMap<string, unknown> => {
  try {
    return fieldsOf(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return new Map();
  }
};

const fieldsOf = (json: unknown): ReadonlyMap<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)
    ? new Map<string, unknown>(Object.entries(json))
    : new Map();

const whole = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;

const revisionOf = (value: unknown): bigint | null => {
  const number = whole(value);
  // JSON.parse rounds the largest 64-bit number up to 2^63.
  return number === null ? null : number >= Number(TOMBSTONE) ? TOMBSTONE : BigInt(number);
};

const rolesOf = (value: unknown): ReadonlyArray<string> | null =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((role) => typeof role === 'string')
      : null;

/** The ACL in a `$acl` of stream metadata, or in a default of the `$settings` stream. */
export const aclOf = (json: unknown): StreamAcl | null => {
  const fields = fieldsOf(json);
  if (fields.size === 0) return null;
  return {
    read: rolesOf(fields.get('$r')),
    write: rolesOf(fields.get('$w')),
    delete: rolesOf(fields.get('$d')),
    metaRead: rolesOf(fields.get('$mr')),
    metaWrite: rolesOf(fields.get('$mw')),
  };
};

const parse = ({ data }: LogRecord): StreamMetadata => {
  const fields = jsonFields(data);
  const maxCount = whole(fields.get('$maxCount')) || null; // the real server leaves out one that is not above 0
  const maxAge = whole(fields.get('$maxAge'));
  return {
    maxCount: maxCount === null ? null : BigInt(maxCount),
    maxAgeMs: maxAge === null ? null : maxAge * 1000,
    truncateBefore: revisionOf(fields.get('$tb')),
    acl: aclOf(fields.get('$acl')),
  };
};

const parsed = new WeakMap<LogRecord, StreamMetadata>();

/** The metadata in force for a stream. A metastream itself keeps one event, and that can't be changed. */
export const metadataOf = (log: LogView, stream: string): StreamMetadata => {
  if (isMetastream(stream)) return { ...NONE, maxCount: 1n };
  const newest = log.stream(metastreamOf(stream))?.records.at(-1);
  if (newest === undefined) return NONE;
  const metadata = parsed.get(newest) ?? parse(newest);
  parsed.set(newest, metadata);
  return metadata;
};
