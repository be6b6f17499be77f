import type { Writable } from 'node:stream';
import type { Io, Output } from '../io';
import type { FailureReport } from './failures';
import type { Line, Report, StreamedReport } from './report';
import { shown, shownJson } from './shown';

/** Written together: a line at a time would be a system call each. */
const CHUNK_LENGTH = 65_536;

/** False where nobody reads any more: a reader that has gone, such as `head`, is no error. */
const writeTo = (stream: Writable, text: string): Promise<boolean> =>
  new Promise((resolve) => {
    if (text === '') resolve(true);
    else stream.write(text, (error) => resolve(error === null || error === undefined));
  });

/** Off when NO_COLOR is set or the output is no terminal (https://no-color.org). */
const bolder = async ({ env }: Io, { isTTY }: Output): Promise<(text: string) => string> => {
  if (!isTTY || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return (text) => text;
  const { default: pico } = await import('picocolors');
  return pico.createColors(true).bold;
};

const linesOf = (lines: ReadonlyArray<string>): string => lines.map((line) => `${shown(line)}\n`).join('');

const writeLines = async (io: Io, output: Output, lines: ReadonlyArray<Line>): Promise<void> => {
  const bold = await bolder(io, output);
  const written = lines.map((line) => (typeof line === 'string' ? shown(line) : bold(shown(line.heading))));
  await writeTo(output.stream, written.map((line) => `${line}\n`).join(''));
};

const documentOf = (json: object): string => `${shownJson(JSON.stringify(json, null, 2))}\n`;

const writeStreamed = async ({ stream }: Output, lines: AsyncIterable<string>): Promise<void> => {
  let chunk = '';
  for await (const line of lines) {
    chunk += `${shown(line)}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    if (!(await writeTo(stream, chunk))) return;
    chunk = '';
  }
  await writeTo(stream, chunk);
};

/** Writes what a person has to know beside the report. */
export const writeHints = async (hints: ReadonlyArray<string>, io: Io): Promise<void> => {
  await writeTo(io.stderr.stream, linesOf(hints));
};

/** Writes what a command has to say: for people, or one JSON document. */
export const writeReport = async (report: Report | StreamedReport, json: boolean, io: Io): Promise<void> => {
  await writeHints(report.hints ?? [], io);
  if ('streamed' in report) return writeStreamed(io.stdout, report.streamed);
  if (json) await writeTo(io.stdout.stream, documentOf(report.json));
  else await writeLines(io, report.linesToStderr === true ? io.stderr : io.stdout, report.lines);
};

export const writeFailure = async (
  { json, lines }: FailureReport,
  asJson: boolean,
  io: Io,
): Promise<void> => {
  await writeTo(io.stderr.stream, linesOf(lines));
  if (asJson) await writeTo(io.stdout.stream, documentOf(json));
};
