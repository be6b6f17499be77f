/** What somebody between makes of a vendor's answer. */
export type Tampering = (body: string) => string;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const everyNameAnother: Tampering = (body) => {
  try {
    return JSON.stringify(JSON.parse(body), (_name, value: unknown) =>
      isRecord(value)
        ? Object.fromEntries(Object.entries(value).map(([name, within]) => [`${name}_`, within]))
        : value,
    );
  } catch {
    return '';
  }
};

/** Each leaves nothing of an answer but its looks. */
export const TAMPERINGS: ReadonlyArray<{ readonly name: string; readonly tampering: Tampering }> = [
  { name: 'half of it', tampering: (body) => body.slice(0, body.length / 2) },
  { name: 'all but its end', tampering: (body) => body.slice(0, -1) },
  { name: 'twice', tampering: (body) => body + body },
  { name: 'within something else', tampering: (body) => `{"upstream":${body}}` },
  { name: 'as a text', tampering: (body) => JSON.stringify(body) },
  { name: 'as a page', tampering: (body) => `<html><pre>${body}</pre></html>` },
  { name: 'with every name another', tampering: everyNameAnother },
];
