import type { Io, Output } from '../io';
import type { FailureReport } from './failures';
import type { Line, Report, StreamedReport } from './report';
import { shown, shownJson } from './shown';
import { withLocalTimes } from './times';

/** Written together: a line at a time would be a system call each. */
const CHUNK_LENGTH = 65_536;

const writeTo = async (output: Output, text: string): Promise<boolean> =>
  text === '' || (await output.write(text));

/** Off when NO_COLOR is set or the output is no terminal (https://no-color.org). */
const bolder = async ({ env }: Io, { isTTY }: Output): Promise<(text: string) => string> => {
  if (!isTTY || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return (text) => text;
  const { default: pico } = await import('picocolors');
  return pico.createColors(true).bold;
};

const linesOf = (lines: ReadonlyArray<string>): string => lines.map((line) => `${shown(line)}\n`).join('');

/** How what a command says is written. */
export interface Manner {
  readonly json: boolean;
  /** Times in UTC, on a terminal too. */
  readonly utc: boolean;
}

const writeLines = async (
  io: Io,
  output: Output,
  lines: ReadonlyArray<Line>,
  { utc }: Manner,
): Promise<void> => {
  const bold = await bolder(io, output);
  const told = (text: string): string => shown(output.isTTY && !utc ? withLocalTimes(text) : text);
  const written: string[] = [];
  for (const line of lines) {
    if (typeof line === 'string') written.push(told(line));
    else if ('heading' in line) written.push(bold(told(line.heading)));
    else {
      const { drawn } = await import('./drawnTable.js');
      const shownTable = { headings: line.headings, rows: line.rows.map((row) => row.map(told)) };
      const { headings, rows } = await drawn(shownTable, output.isTTY ? (output.columns ?? null) : null);
      written.push(...headings.map(bold), ...rows);
    }
  }
  await writeTo(output, written.map((line) => `${line}\n`).join(''));
};

const documentOf = (json: object): string => `${shownJson(JSON.stringify(json, null, 2))}\n`;

const writeStreamed = async (output: Output, lines: AsyncIterable<string>): Promise<void> => {
  let chunk = '';
  try {
    for await (const line of lines) {
      chunk += `${shown(line)}\n`;
      if (chunk.length < CHUNK_LENGTH) continue;
      const part = chunk;
      chunk = '';
      if (!(await writeTo(output, part))) return;
    }
  } finally {
    // Also of lines that a fault ended: what was told is the beginning.
    await writeTo(output, chunk);
  }
};

/** Writes what a person has to know beside the report. */
export const writeHints = async (hints: ReadonlyArray<string>, io: Io): Promise<void> => {
  await writeTo(io.stderr, linesOf(hints));
};

/** Writes what a command has to say: for people, or one JSON document. */
export const writeReport = async (report: Report | StreamedReport, manner: Manner, io: Io): Promise<void> => {
  await writeHints(report.hints ?? [], io);
  if ('streamed' in report) {
    await writeStreamed(io.stdout, report.streamed);
    return writeHints(report.below?.() ?? [], io);
  }
  if (manner.json) await writeTo(io.stdout, documentOf(report.json));
  else await writeLines(io, report.linesToStderr === true ? io.stderr : io.stdout, report.lines, manner);
  await writeHints(report.below ?? [], io);
};

export const writeFailure = async (
  { json, lines }: FailureReport,
  asJson: boolean,
  io: Io,
): Promise<void> => {
  await writeTo(io.stderr, linesOf(lines));
  if (asJson) await writeTo(io.stdout, documentOf(json));
};
