/** A DER element: tag, length, content (ITU-T X.690). */
export const der = (tag: number, ...parts: ReadonlyArray<Buffer>): Buffer => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};

export const sequence = (...parts: ReadonlyArray<Buffer>): Buffer => der(0x30, ...parts);
export const set = (...parts: ReadonlyArray<Buffer>): Buffer => der(0x31, ...parts);
export const integer = (bytes: Buffer): Buffer => der(0x02, bytes);
export const text = (value: string): Buffer => der(0x0c, Buffer.from(value));
export const octets = (content: Buffer): Buffer => der(0x04, content);
/** A bit string of whole bytes. */
export const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content);
export const yes = der(0x01, Buffer.from([0xff]));
/** The first year that has to be written with four digits (RFC 5280, section 4.1.2.5). */
const FOUR_DIGITS_FROM = 2050;
export const time = (date: Date): Buffer => {
  const digits = `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return date.getUTCFullYear() < FOUR_DIGITS_FROM
    ? der(0x17, Buffer.from(digits.slice(2)))
    : der(0x18, Buffer.from(digits));
};
/** An object identifier, given as it is encoded. */
export const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
/** An element tagged with a number that its place gives a meaning to. */
export const tagged = (number: number, ...parts: ReadonlyArray<Buffer>): Buffer =>
  der(0xa0 + number, ...parts);
