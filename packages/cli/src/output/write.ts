import type { FailureReport } from './failures';
import type { Report } from './report';

const writeTo = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    if (text === '') resolve();
    // A reader that has gone, such as `head`, is no error.
    else stream.write(text, () => resolve());
  });

const linesOf = (lines: ReadonlyArray<string>): string => lines.map((line) => `${line}\n`).join('');

const documentOf = (json: object): string => `${JSON.stringify(json, null, 2)}\n`;

/** Writes what a command has to say: for people, or one JSON document. */
export const writeReport = async (report: Report, json: boolean): Promise<void> => {
  await writeTo(process.stderr, linesOf(report.hints ?? []));
  if (json) return writeTo(process.stdout, documentOf(report.json));
  await writeTo(report.linesToStderr === true ? process.stderr : process.stdout, linesOf(report.lines));
};

export const writeFailure = async ({ json, lines }: FailureReport, asJson: boolean): Promise<void> => {
  await writeTo(process.stderr, linesOf(lines));
  if (asJson) await writeTo(process.stdout, documentOf(json));
};
