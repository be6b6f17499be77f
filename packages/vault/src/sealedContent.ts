import { lengthPrefixed, type Part } from './lengthPrefixed';
import type { KeyBinding } from './vault';

/** The content is padded to a multiple of this, so that a sealed row does not tell how long the secret is. */
const BLOCK_BYTES = 256;

/** What is sealed with a secret and compared when it is opened: `null` and an empty endpoint must differ. */
const boundParts = (binding: KeyBinding): ReadonlyArray<Part> => [
  binding.workspaceId,
  binding.keyId,
  binding.vendor,
  endpointPart(binding.endpoint),
];

export const endpointPart = (endpoint: string | null): string => (endpoint === null ? '0' : `1${endpoint}`);

/** LP(workspace) ‖ LP(key id) ‖ LP(vendor) ‖ LP(endpoint) ‖ LP(secret) ‖ zeros. The caller wipes it. */
export const encodeContent = (binding: KeyBinding, secret: Uint8Array): Buffer => {
  const pieces = [...boundParts(binding), secret].flatMap((part) => lengthPrefixed(part));
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const out = Buffer.alloc(Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES);
  let offset = 0;
  for (const piece of pieces) {
    out.set(piece, offset);
    offset += piece.length;
  }
  return out;
};

/** The part at `offset`, as a view; null when the content ends before it does. */
const partAt = (content: Buffer, offset: number): Buffer | null => {
  const start = offset + 4;
  if (start > content.length) {
    return null;
  }
  const end = start + content.readUInt32BE(offset);
  return end > content.length ? null : content.subarray(start, end);
};

/** The secret's bytes, as a view into `content`; null unless everything before them is what `binding` says. */
export const decodeContent = (binding: KeyBinding, content: Buffer): Buffer | null => {
  let offset = 0;
  for (const expected of boundParts(binding)) {
    const part = partAt(content, offset);
    if (part === null || !part.equals(lengthPrefixed(expected)[1])) {
      return null;
    }
    offset += 4 + part.length;
  }
  const secret = partAt(content, offset);
  const padding = secret === null ? null : content.subarray(offset + 4 + secret.length);
  return padding !== null && padding.length < BLOCK_BYTES && padding.every((byte) => byte === 0)
    ? secret
    : null;
};
