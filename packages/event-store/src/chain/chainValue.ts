import { hash } from 'node:crypto';
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

/** In one call, and by way of text: a hash object takes half as long again, and so does a buffer that Node makes. */
const sha256 = (bytes: Uint8Array): Buffer => {
  const value = Buffer.alloc(CHAIN_BYTES);
  value.write(hash('sha256', bytes, 'binary'), 'binary');
  return value;
};

/** Enough for all but very large events: to hash one piece is several times as fast as many small ones. */
const SCRATCH_BYTES = 16_384;
const scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);

/** LP(x): the length as u32be, then the bytes. Without it `ab`‖`c` and `a`‖`bc` would be the same. Gives the end. */
const putPrefixed = (into: Buffer, at: number, text: string): number => {
  const length = into.write(text, at + 4, 'utf8');
  into.writeUInt32BE(length, at);
  return at + 4 + length;
};

const putRevision = (into: Buffer, at: number, revision: number): number => {
  into.writeUInt32BE(8, at);
  // In two halves: to make a BigInt takes several times as long.
  into.writeUInt32BE(Math.floor(revision / 2 ** 32), at + 4);
  into.writeUInt32BE(revision % 2 ** 32, at + 8);
  return at + 12;
};

/** Where a stream begins: before its first event. SHA-256(`keyturn/genesis/1\0` ‖ LP(stream)). */
export const genesisOf = (stream: string): StreamHead => {
  const name = Buffer.alloc(4 + Buffer.byteLength(stream));
  putPrefixed(name, 0, stream);
  return { revision: -1, chain: sha256(Buffer.concat([Buffer.from(GENESIS), name])) };
};

/**
 * The chain's value at an event: SHA-256(`keyturn/chain/1\0` ‖ the 32 bytes before ‖ LP(stream) ‖ LP(u64be revision) ‖
 * LP(event id) ‖ LP(type) ‖ LP(data) ‖ LP(rest of the metadata)). So it vouches for the whole stream up to there.
 */
export const chainAfter = (
  before: Uint8Array,
  { stream, revision, id, type, data, rest }: ChainedFields,
): Uint8Array => {
  const texts = [id.toLowerCase(), type, data, rest];
  // A letter takes three bytes at most for each of its units.
  const most = texts.reduce((sum, text) => sum + 4 + 3 * text.length, 64 + before.length + 3 * stream.length);
  const into = most <= SCRATCH_BYTES ? scratch : Buffer.allocUnsafeSlow(most);
  let at = into.write(CHAIN, 0, 'latin1');
  into.set(before, at);
  at = putRevision(into, putPrefixed(into, at + before.length, stream), revision);
  for (const text of texts) at = putPrefixed(into, at, text);
  return sha256(into.subarray(0, at));
};
