import { execFile } from 'node:child_process';

/** A part of a path that is run in a process of its own: a function that one file exports, and its argument. */
export interface Side {
  readonly entry: string;
  readonly run: string;
  readonly input: unknown;
}

export interface Ran {
  /** What the function gave, as JSON has it. */
  readonly result: unknown;
  /** Every file whose code was loaded: CommonJS, ES modules, and native code that was mapped. */
  readonly files: ReadonlySet<string>;
}

/** Tells the main thread of every ES module, for which Node keeps no list. */
const NOTES_MODULES = `
let port;
export const initialize = (data) => { port = data.port; };
export const load = (url, context, next) => { port.postMessage(url); return next(url, context); };
`;

/** Given to `node -e`, so that it is no file itself, which both sides would have loaded. */
const LISTS_FILES = `
const { register } = require('node:module');
const { MessageChannel, receiveMessageOnPort } = require('node:worker_threads');
const { existsSync, readFileSync, writeSync } = require('node:fs');
const { lookup } = require('node:dns/promises');
const { fileURLToPath } = require('node:url');
const { port1, port2 } = new MessageChannel();
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(NOTES_MODULES)}), {
  data: { port: port2 },
  transferList: [port2],
});
const modules = function* () {
  for (let next = receiveMessageOnPort(port1); next !== undefined; next = receiveMessageOnPort(port1)) {
    if (next.message.startsWith('file:')) yield fileURLToPath(next.message);
  }
};
const mapped = () => !existsSync('/proc/self/maps') ? [] :
  readFileSync('/proc/self/maps', 'utf8').split('\\n')
    .flatMap((line) => /^\\S+ ..x. .*? (\\/.*)$/.exec(line)?.[1] ?? []);
(async () => {
  await lookup('127.0.0.1');
  const [entry, run] = process.argv.slice(1);
  const input = JSON.parse(readFileSync(0, 'utf8'));
  const result = entry === undefined ? null : await require(entry)[run](input);
  const files = [...new Set([...Object.keys(require.cache), ...modules(), ...mapped()])];
  const bytes = Buffer.from(JSON.stringify({ result: result ?? null, files }));
  for (let done = 0; done < bytes.length; done += writeSync(1, bytes, done));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });
`;

const isRan = (u: unknown): u is { readonly result: unknown; readonly files: ReadonlyArray<string> } =>
  typeof u === 'object' &&
  u !== null &&
  'result' in u &&
  'files' in u &&
  Array.isArray(u.files) &&
  u.files.every((file) => typeof file === 'string');

/** Runs a side in a new process, which lists what it has loaded at its end. Without a side: what Node itself maps. */
export const filesLoadedBy = (side: Side | null): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const args = ['-e', LISTS_FILES, ...(side === null ? [] : [side.entry, side.run])];
    const child = execFile(
      process.execPath,
      args,
      { env: { PATH: process.env['PATH'] }, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => {
        if (error !== null) {
          // Its message repeats the whole script; what the process wrote may repeat its input.
          reject(new Error(`The process for ${side?.entry ?? 'nothing'} ended with ${String(error.code)}.`));
          return;
        }
        const ran: unknown = JSON.parse(stdout);
        if (isRan(ran)) resolve({ result: ran.result, files: new Set(ran.files) });
        else reject(new Error('The process listed no files.'));
      },
    );
    child.stdin?.end(JSON.stringify(side?.input ?? null));
  });

/** The files that both have loaded, but for those that Node maps of its own accord. */
export const sharedFiles = async (one: Ran, other: Ran): Promise<ReadonlyArray<string>> => {
  const node = await filesLoadedBy(null);
  return [...one.files].filter((file) => other.files.has(file) && !node.files.has(file)).sort();
};
