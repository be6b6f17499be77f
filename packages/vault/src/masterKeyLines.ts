import { VaultFault } from './faults';
import { KEY_BYTES } from './mac';

const PREFIX = 'keyturn-master-key-1:';
/** The present key; while a rotation is under way the coming one in a second line. */
const LINES =
  /^keyturn-master-key-1:([A-Za-z0-9+/]{43}=)(?:\nkeyturn-master-key-1:([A-Za-z0-9+/]{43}=))?\n?$/;
/** More than two lines need: of a larger file no more is read. */
export const LARGEST = 256;

/**
 * The content of a master key's file, for the caller to wipe. As bytes: of a text Node would make some in memory that
 * its small buffers share.
 */
export const formatMasterKeys = (keys: ReadonlyArray<Buffer>): Buffer => {
  const text = keys.map((key) => `${PREFIX}${key.toString('base64')}\n`).join('');
  const content = Buffer.alloc(text.length);
  content.write(text, 'latin1');
  return content;
};

const decode = (encoded: string): Buffer | null => {
  const key = Buffer.alloc(KEY_BYTES);
  key.write(encoded, 'base64');
  if (key.toString('base64') === encoded) return key;
  key.fill(0);
  return null;
};

/** The keys of a file's content, one or two, for the caller to wipe. Throws `master-key-wrong`. */
export const parseMasterKeys = (path: string, content: Buffer): ReadonlyArray<Buffer> => {
  const [, ...lines] = LINES.exec(content.toString('latin1')) ?? [];
  const encoded = lines.filter((line) => typeof line === 'string');
  const keys = encoded.flatMap((line) => decode(line) ?? []);
  const [present, coming] = keys;
  if (present !== undefined && keys.length === encoded.length && coming?.equals(present) !== true) {
    return keys;
  }
  for (const key of keys) key.fill(0);
  throw new VaultFault(
    'master-key-wrong',
    `${path} is not a master key file (a line, or two while a rotation is under way, ` +
      `of "${PREFIX}" and 44 characters): ` +
      `restore it from its backup`,
  );
};
