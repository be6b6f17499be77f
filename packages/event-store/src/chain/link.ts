import { CHAIN_BYTES } from './chainValue';

/** A mark of the deployment's log key on a chain value: nobody without the key can make one. */
export interface Seal {
  /** 32 bytes. */
  readonly seal: Uint8Array;
  /** Number of the log key, from 1. */
  readonly sealKey: number;
}

/** What ties an event to those before it: the end of its metadata. */
export interface Link {
  /** The metadata's text without the link. */
  readonly rest: string;
  /** 32 bytes. */
  readonly chain: Uint8Array;
  /** Null but for the last event of an append. */
  readonly seal: Seal | null;
}

// 43 letters of base64url are 258 bits, two more than 32 bytes have: those two are 0, so that one text alone stands for
// a value.
const LINK =
  /,"chain":"([\w-]{42}[AEIMQUYcgkosw048])"(?:,"seal":"([\w-]{42}[AEIMQUYcgkosw048])","sealKey":([1-9]\d{0,14}))?\}$/;

const encode = (bytes: Uint8Array): string => {
  if (bytes.length !== CHAIN_BYTES) throw new RangeError(`${CHAIN_BYTES} bytes, not ${bytes.length}`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
};

const decode = (text: string): Uint8Array => Buffer.from(text, 'base64url');

/**
 * The metadata with its link at the end.
 *
 * @throws RangeError for metadata that is no JSON object with a member, and for values that are not 32 bytes long
 */
export const withLink = ({ rest, chain, seal }: Link): string => {
  if (!rest.endsWith('}') || rest.length < '{"":0}'.length) throw new RangeError('metadata without a member');
  const sealed = seal === null ? '' : `,"seal":"${encode(seal.seal)}","sealKey":${seal.sealKey}`;
  return `${rest.slice(0, -1)},"chain":"${encode(chain)}"${sealed}}`;
};

/** The link at the end of a metadata's text; null where there is none. */
export const linkOf = (metadata: string): Link | null => {
  const found = LINK.exec(metadata);
  if (found === null) return null;
  const [, chain = '', seal, sealKey] = found;
  return {
    rest: `${metadata.slice(0, found.index)}}`,
    chain: decode(chain),
    seal: seal === undefined ? null : { seal: decode(seal), sealKey: Number(sealKey) },
  };
};
