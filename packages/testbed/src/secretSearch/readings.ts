/** How often an escape can be escaped again: JSON in a line of a JSON log, shown in an error's JSON. */
const DEPTH = 3;

const character = (code: string, radix: number): string => String.fromCharCode(Number.parseInt(code, radix));

const percentRead = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, code: string) => character(code, 16));

const backslashRead = (text: string): string =>
  text.replace(
    /\\(?:u\{?([0-9A-Fa-f]{4})\}?|x([0-9A-Fa-f]{2})|([^0-9A-Za-z\n]))/g,
    (_, u: string | undefined, x: string | undefined, plain: string | undefined) =>
      plain ?? character(u ?? x ?? '', 16),
  );

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const entitiesRead = (text: string): string =>
  text.replace(
    /&(?:#(\d{1,3})|#[xX]([0-9A-Fa-f]{1,2})|(amp|lt|gt|quot|apos));/g,
    (_, decimal: string | undefined, hex: string | undefined, name: string | undefined) =>
      name === undefined
        ? character(decimal ?? hex ?? '', decimal === undefined ? 16 : 10)
        : (NAMED[name] ?? ''),
  );

/** `[ 115, 107, 45 ]` as typed arrays print, `<Buffer 73 6b 2d>`, `0x73, 0x6b`: each run as the bytes that it lists. */
const numbersRead = (text: string): string => {
  const runs = text.match(
    /\b\d{1,3}(?:,\s*\d{1,3}\b){7,5000}|\b(?:0x)?[0-9A-Fa-f]{2}(?:[\s,:]+(?:0x)?[0-9A-Fa-f]{2}\b){7,5000}/g,
  );
  return (runs ?? [])
    .map((run) => {
      const radix = /^\d{1,3},/.test(run) && !run.includes('0x') ? 10 : 16;
      return run
        .split(/[\s,:]+/)
        .map((number) => character(number, radix))
        .join('');
    })
    .join('\n');
};

const SHORTEST_TEXT = 8;

const isText = (byte: number): boolean => (byte >= 0x20 && byte <= 0x7e) || (byte >= 0x09 && byte <= 0x0d);

/** The printable parts, as `strings` gives them: bytes that are no text have no escapes. */
const textIn = (content: Buffer): string => {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i <= content.length; i += 1) {
    if (i < content.length && isText(content[i] ?? 0)) continue;
    if (i - start >= SHORTEST_TEXT) parts.push(content.toString('latin1', start, i));
    start = i + 1;
  }
  return parts.join('\0');
};

const READERS = [percentRead, backslashRead, entitiesRead] as const;

/**
 * What a text says to whoever reads it back, beside what it says as it stands: with the escapes of URLs, of JSON and
 * JavaScript, and of HTML undone, in any order, and lists of numbers as bytes.
 *
 * @param content text in ASCII, or bytes with such text among them
 */
export const readings = (content: Buffer): ReadonlyArray<Buffer> => {
  const written = textIn(content);
  const all = new Set<string>([written]);
  let newest: ReadonlyArray<string> = [written];
  for (let depth = 0; depth < DEPTH && newest.length > 0; depth += 1) {
    const read = newest.flatMap((text) => READERS.map((reader) => reader(text)));
    newest = [...new Set(read)].filter((text) => !all.has(text));
    for (const text of newest) all.add(text);
  }
  all.delete(written);
  const numbers = numbersRead(written);
  return [...all, ...(numbers === '' ? [] : [numbers])].map((text) => {
    const bytes = Buffer.alloc(text.length);
    bytes.write(text, 'latin1');
    return bytes;
  });
};
