import { createHash, type Hash } from 'node:crypto';
import type { RecordedEvent } from '../eventStore';

/** Bytes of a chain value, and of a seal. */
export const CHAIN_BYTES = 32;

/** How far a stream is known: the revision of its newest event, -1 for none, and the chain's value there. */
export interface StreamHead {
  readonly revision: number;
  /** 32 bytes. */
  readonly chain: Uint8Array;
}

/** What of an event lies under the chain: all but the store's own time and place, and the link itself. */
export interface ChainedFields extends Pick<RecordedEvent, 'stream' | 'revision' | 'id' | 'type' | 'data'> {
  /** The metadata's text without the link. */
  readonly rest: string;
}

const GENESIS = 'keyturn/genesis/1\0';
const CHAIN = 'keyturn/chain/1\0';

/** LP(x): the length as u32be, then the bytes. Without it `ab`‖`c` and `a`‖`bc` would be the same. */
const addPrefixed = (hash: Hash, text: string): void => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  hash.update(length).update(text, 'utf8');
};

const addRevision = (hash: Hash, revision: number): void => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(8);
  bytes.writeBigUInt64BE(BigInt(revision), 4);
  hash.update(bytes);
};

/** Where a stream begins: before its first event. SHA-256(`keyturn/genesis/1\0` ‖ LP(stream)). */
export const genesisOf = (stream: string): StreamHead => {
  const hash = createHash('sha256').update(GENESIS);
  addPrefixed(hash, stream);
  return { revision: -1, chain: hash.digest() };
};

/**
 * The chain's value at an event: SHA-256(`keyturn/chain/1\0` ‖ the 32 bytes before ‖ LP(stream) ‖ LP(u64be revision) ‖
 * LP(event id) ‖ LP(type) ‖ LP(data) ‖ LP(rest of the metadata)). So it vouches for the whole stream up to there.
 */
export const chainAfter = (
  before: Uint8Array,
  { stream, revision, id, type, data, rest }: ChainedFields,
): Uint8Array => {
  const hash = createHash('sha256').update(CHAIN).update(before);
  addPrefixed(hash, stream);
  addRevision(hash, revision);
  for (const text of [id.toLowerCase(), type, data, rest]) addPrefixed(hash, text);
  return hash.digest();
};
