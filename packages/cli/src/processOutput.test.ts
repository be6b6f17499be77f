import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';

const BUILT = join(__dirname, '..', 'dist', 'processOutput.js');
/** Far more than a pipe holds. */
const LENGTH = 4_000_000;

/** Goes on writing numbers behind the letters, until those are written. Says when the first write has been tried. */
const WRITER = `
  const { writeSync } = require('node:fs');
  const { processOutput } = require(${JSON.stringify(BUILT)});
  const output = processOutput('stdout', 1);
  let writing = true;
  output.write('a'.repeat(${LENGTH})).then((written) => {
    writing = false;
    writeSync(2, String(written));
  });
  writeSync(2, 'tried ');
  const goOn = () => {
    output.write('1');
    if (writing) setImmediate(goOn);
  };
  goOn();
`;

test('a pipe that does not block, and is read late, gets all of it in its order', async () => {
  // It reads nothing until it is told to.
  const reader = spawn('/bin/sh', ['-c', 'read told <&3; cat'], {
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
  });
  const [toReader, fromReader, , toTell] = reader.stdio;
  if (toReader === null || fromReader === null || !(toTell instanceof Writable))
    throw new Error('three pipes');
  // Our end of a pipe never blocks. Here it is the writer's, by way of a shell: Node has standard output block.
  const writer = spawn('/bin/sh', ['-c', 'exec "$0" -e "$1" >&3', process.execPath, WRITER], {
    stdio: ['ignore', 'ignore', 'pipe', toReader],
  });
  if (writer.stderr === null) throw new Error('a pipe');
  toReader.destroy();
  await once(writer.stderr, 'readable');
  toTell.end('\n');
  const [written, said] = await Promise.all([text(fromReader), text(writer.stderr)]);
  expect(said).toBe('tried true');
  expect(written.replace(/1+$/, '').length).toBe(LENGTH);
});
