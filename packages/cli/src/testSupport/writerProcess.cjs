'use strict';
// Runs commands one after the other, each from its words to its exit status, in a process of its own. They come as JSON
// on standard input, `[{ words, input }]`; what they came to goes to standard output, `[{ words, status, printed }]`.
const {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { main } = require('../../dist/index.js');

const umask = process.umask(0o077);

const run = async ({ words, input }) => {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-io-'));
  const given = join(directory, 'in');
  writeFileSync(given, input);
  const stdin = openSync(given, 'r');
  let printed = '';
  const output = (fd) => ({
    fd,
    isTTY: false,
    write: async (text) => {
      printed += text;
      return true;
    },
  });
  const io = {
    env: process.env,
    cwd: process.cwd(),
    umask,
    stdin,
    stdout: output(1),
    stderr: output(2),
    ask: null,
  };
  const status = await main(words, io);
  closeSync(stdin);
  rmSync(directory, { recursive: true });
  return { words: words.join(' '), status, printed };
};

const runAll = async () => {
  const done = [];
  for (const order of JSON.parse(readFileSync(0, 'utf8'))) done.push(await run(order));
  writeSync(1, JSON.stringify(done));
};

void runAll();
