/** An answer of somebody who is not the vendor that was called: it stood between, or in the vendor's place. */
export interface StrangersAnswer {
  readonly name: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The page or thread that has it, or the program whose own text it is. */
  readonly source: string;
}

type Headers = Readonly<Record<string, string>>;

const answered =
  (who: string, source: string, type: string) =>
  (what: string, status: number, body: string, headers: Headers = {}): StrangersAnswer => ({
    name: `${who}: ${what}`,
    status,
    headers: { 'content-type': type, ...headers },
    body,
    source,
  });

/** Makes the answers of one stranger, as they are taken from one page. */
export const stranger = (who: string, source: string) => {
  const json = answered(who, source, 'application/json');
  return {
    html: answered(who, source, 'text/html; charset=utf-8'),
    text: answered(who, source, 'text/plain; charset=utf-8'),
    xml: answered(who, source, 'application/xml'),
    json: (what: string, status: number, body: unknown, headers: Headers = {}) =>
      json(what, status, JSON.stringify(body), headers),
  };
};

/** A page as web servers make them of a status. */
export const page = (title: string, ...lines: ReadonlyArray<string>): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1>` +
  `\r\n${lines.join('\r\n')}\r\n</body></html>`;
