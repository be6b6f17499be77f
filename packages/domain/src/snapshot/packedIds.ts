const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** No id has a full stop: what begins with one is a UUID in base64url, 13 bytes shorter than its usual form. */
const PACKED = /^\.[A-Za-z0-9_-]{22}$/;

const pack = (id: string): string =>
  UUID.test(id) ? `.${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}` : id;

const unpack = (packed: string): string => {
  if (!PACKED.test(packed)) return packed;
  const hex = Buffer.from(packed.slice(1), 'base64url').toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** Many ids as one text. */
export const packIds = (ids: ReadonlyArray<string>): string => ids.map(pack).join(' ');

export const unpackIds = (packed: string): ReadonlyArray<string> =>
  packed === '' ? [] : packed.split(' ').map(unpack);
