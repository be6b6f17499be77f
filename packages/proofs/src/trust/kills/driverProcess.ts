import fs, { openSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { createInterface } from 'node:readline';
import * as E from 'fp-ts/Either';
import { fromCommandLine } from './commandLine';
import { Drive, Driven } from './driving';
import { countAnew } from './killPoint';

const OWNER_ONLY = 0o077;
/** The descriptor that a paste is read from: orders come on standard input. A command that is started inherits it. */
const PASTED = openSync(devNull, 'r');
const STANDARD_OUTPUT = 1;
const STANDARD_ERROR = 2;

/** What the command reads. */
let pasted = Buffer.alloc(0);
const { read } = fs;
const readPasted = (...given: ReadonlyArray<unknown>): unknown => {
  const [fd, into, at, length] = given;
  const told = given.at(-1);
  if (fd !== PASTED || !Buffer.isBuffer(into) || typeof told !== 'function') {
    return Reflect.apply(read, fs, given);
  }
  const count = pasted.copy(into, Number(at), 0, Number(length));
  pasted = pasted.subarray(count);
  return setImmediate(() => {
    Reflect.apply(told, undefined, [null, count]);
  });
};
Object.defineProperty(fs, 'read', { value: readPasted, configurable: true, writable: true });

/** What the command prints. */
const printed = { stdout: '', stderr: '' };
const outputTo = (name: keyof typeof printed, fd: number): object => ({
  fd,
  isTTY: false,
  write: async (text: string) => {
    printed[name] += text;
    return true;
  },
});

/** Does commands one after the other, each from its words to its exit status as in a process of its own. */
const drive = async (): Promise<void> => {
  const main = await fromCommandLine('main');
  const umask = process.umask(OWNER_ONLY);
  const [stdout, stderr] = [outputTo('stdout', STANDARD_OUTPUT), outputTo('stderr', STANDARD_ERROR)];
  const say = (answer: object): void => void writeSync(STANDARD_OUTPUT, `${JSON.stringify(answer)}\n`);
  say({});
  for await (const line of createInterface({ input: process.stdin })) {
    const order = Drive.decode(JSON.parse(line));
    if (E.isLeft(order)) throw new Error('an order that is none');
    const { words, input, env } = order.right;
    pasted = Buffer.from(input);
    Object.assign(printed, { stdout: '', stderr: '' });
    // Read by what watches the writes, and by the command.
    Object.assign(process.env, env);
    countAnew();
    const status = await main(words, {
      env: { ...process.env },
      cwd: process.cwd(),
      umask,
      stdin: PASTED,
      stdout,
      stderr,
      ask: null,
      confirm: null,
    });
    say(Driven.encode({ status: Number(status), ...printed }));
    for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
  }
};

void drive().then(() => process.exit(0));
