const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** No id has a full stop: what begins with one is a UUID in base64url, 13 bytes shorter than its usual form. */
const PACKED = /^\.[A-Za-z0-9_-]{22}$/;

/** An id as it stands in `packIds`. */
export const packId = (id: string): string =>
  UUID.test(id) ? `.${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}` : id;

const BYTES = 16;

/** The bytes of all lie in one buffer: one for each would take most of the time. */
const unpack = (packed: ReadonlyArray<string>): ReadonlyArray<string> => {
  const bytes = Buffer.alloc(packed.length * BYTES);
  packed.forEach((id, i) => {
    if (PACKED.test(id)) bytes.write(id.slice(1), i * BYTES, 'base64url');
  });
  const hex = bytes.toString('hex');
  return packed.map((id, i) => {
    if (!PACKED.test(id)) return id;
    const at = 2 * BYTES * i;
    const [a, b] = [hex.slice(at, at + 8), hex.slice(at + 8, at + 12)];
    const [c, d] = [hex.slice(at + 12, at + 16), hex.slice(at + 16, at + 20)];
    return `${a}-${b}-${c}-${d}-${hex.slice(at + 20, at + 32)}`;
  });
};

/** Many ids as one text. */
export const packIds = (ids: ReadonlyArray<string>): string => ids.map(packId).join(' ');

/** Each as `packId` gives it. */
export const splitIds = (packed: string): ReadonlyArray<string> => (packed === '' ? [] : packed.split(' '));

export const unpackIds = (packed: string): ReadonlyArray<string> => unpack(splitIds(packed));
