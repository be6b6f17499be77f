import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Journal } from './journal';
import { lockFile } from './lockFile';
import type { LogRecord } from './record';

const FORMAT = 'keyturn-esdb 1';

/** A record as JSON has it: 64-bit numbers as text, bytes in base64. */
interface Line extends Record<keyof LogRecord, string | number | boolean> {
  readonly position: string;
  readonly next: string;
  readonly stream: string;
  readonly revision: string;
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: string;
  readonly metadata: string;
  readonly created: number;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const lineOf = ({ position, next, revision, data, metadata, ...record }: LogRecord): Line => ({
  ...record,
  position: position.toString(),
  next: next.toString(),
  revision: revision.toString(),
  data: base64(data),
  metadata: base64(metadata),
});

const recordOf = ({ position, next, revision, data, metadata, ...line }: Line): LogRecord => ({
  ...line,
  position: BigInt(position),
  next: BigInt(next),
  revision: BigInt(revision),
  data: Buffer.from(data, 'base64'),
  metadata: Buffer.from(metadata, 'base64'),
});

const isLine = (value: unknown): value is Line =>
  typeof value === 'object' && value !== null && 'position' in value && 'metadata' in value;

const recordsOf = (text: string): ReadonlyArray<LogRecord> => {
  const batch: unknown = JSON.parse(text);
  if (!Array.isArray(batch) || !batch.every(isLine)) throw new Error('It has a line that is no batch.');
  return batch.map(recordOf);
};

/**
 * Keeps the log in `esdb.log` in the directory, which is made when it is missing. It has a line for the format, then
 * one for each batch. What stands after the last line's end was being written when the server died: it is cut off. A
 * file without a whole line is a new one. One server at a time may use it.
 */
export const openFileJournal = (directory: string): Journal => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, 'esdb.log');
  const unlock = lockFile(`${path}.lock`);
  if (unlock === null) throw new Error(`The log ${path} can't be opened. Is another server using it?`);
  let file = openSync(path, 'a+', 0o600);
  const write = (line: string): void => {
    const { size } = fstatSync(file);
    try {
      writeFileSync(file, `${line}\n`);
      fsyncSync(file);
    } catch (cause) {
      ftruncateSync(file, size);
      throw cause;
    }
  };
  try {
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const [format = '', ...lines] = whole.split('\n').slice(0, -1);
    if (whole !== '' && format !== FORMAT)
      throw new Error(`Its format is "${format}", and this release knows "${FORMAT}".`);
    if (whole !== text) ftruncateSync(file, Buffer.byteLength(whole));
    if (whole === '') write(FORMAT);
    let open = true;
    const records = lines.flatMap(recordsOf);
    return {
      load: () => records.splice(0),
      write: (batch) => write(JSON.stringify(batch.map(lineOf))),
      replace: (left) => {
        const rewritten = openSync(`${path}.new`, 'a+', 0o600);
        ftruncateSync(rewritten);
        writeFileSync(rewritten, `${[FORMAT, JSON.stringify(left.map(lineOf))].join('\n')}\n`);
        fsyncSync(rewritten);
        renameSync(`${path}.new`, path);
        closeSync(file);
        file = rewritten;
      },
      close: () => {
        if (!open) return;
        open = false;
        closeSync(file);
        unlock();
      },
    };
  } catch (cause) {
    closeSync(file);
    unlock();
    throw new Error(`The log ${path} can't be read.`, { cause });
  }
};
