import fs, { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as E from 'fp-ts/Either';
import { Drive, Driven } from './driving';
import { countAnew } from './killPoint';

const COMMAND_LINE = join(__dirname, '..', '..', '..', '..', 'cli', 'dist', 'index.js');
const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;

const mainOf = async (): Promise<() => Promise<void>> => {
  const loaded: unknown = await import(COMMAND_LINE);
  const main: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, 'main') : null;
  if (typeof main !== 'function') throw new Error(`${COMMAND_LINE} has no main`);
  return async () => {
    await Reflect.apply(main, undefined, []);
  };
};

/** What the command reads from its standard input, which here is where orders come from. */
let pasted = Buffer.alloc(0);
const { read } = fs;
const readPasted = (...given: ReadonlyArray<unknown>): unknown => {
  const [fd, into, at, length] = given;
  const told = given.at(-1);
  if (fd !== STANDARD_INPUT || !Buffer.isBuffer(into) || typeof told !== 'function') {
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
for (const name of ['stdout', 'stderr'] as const) {
  const write = (text: unknown, ...more: ReadonlyArray<unknown>): boolean => {
    printed[name] += String(text);
    const told = more.at(-1);
    if (typeof told === 'function') Reflect.apply(told, undefined, []);
    return true;
  };
  Object.defineProperty(process[name], 'write', { value: write });
}

const forgetListeners = (): void => {
  for (const event of ['SIGUSR1', 'uncaughtException', 'unhandledRejection'])
    process.removeAllListeners(event);
  process.stdout.removeAllListeners('error');
  process.stderr.removeAllListeners('error');
};

const exitStatus = (): number => Number(process.exitCode ?? 0);

/** Does commands one after the other, each from its words to its exit status as in a process of its own. */
const drive = async (): Promise<void> => {
  const main = await mainOf();
  const [node = '', program = ''] = process.argv;
  const say = (answer: object): void => void writeSync(STANDARD_OUTPUT, `${JSON.stringify(answer)}\n`);
  say({});
  for await (const line of createInterface({ input: process.stdin })) {
    const order = Drive.decode(JSON.parse(line));
    if (E.isLeft(order)) throw new Error('an order that is none');
    const { words, input, env } = order.right;
    pasted = Buffer.from(input);
    Object.assign(printed, { stdout: '', stderr: '' });
    Object.assign(process.env, env);
    process.argv = [node, program, ...words];
    process.exitCode = undefined;
    countAnew();
    await main();
    say(Driven.encode({ status: exitStatus(), ...printed }));
    for (const name of Object.keys(env)) Reflect.deleteProperty(process.env, name);
    forgetListeners();
  }
};

void drive().then(() => process.exit(0));
