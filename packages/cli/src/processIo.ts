import type { WriteStream } from 'node:tty';
import { askLine, askYes } from './input/confirmPrompt';
import { askHidden } from './input/hiddenPrompt';
import { unhushTerminal } from './input/hushedTerminal';
import type { Io, Output } from './io';

const outputOf = (stream: WriteStream & { readonly fd: number }): Output => ({
  stream,
  fd: stream.fd,
  isTTY: stream.isTTY,
  // A terminal that does not know its width says 0.
  ...(stream.columns > 0 ? { columns: stream.columns } : {}),
});

/** The process's own. `umask` is the one that it was started with. */
export const processIo = (umask: number): Io => {
  const { env, stdin, stdout, stderr } = process;
  const hasPerson = stdin.isTTY && stderr.isTTY;
  return {
    env,
    cwd: process.cwd(),
    umask,
    stdin: 0,
    stdout: outputOf(stdout),
    stderr: outputOf(stderr),
    ask: hasPerson ? askHidden : null,
    confirm: hasPerson ? askYes : null,
    ...(hasPerson ? { askLine } : {}),
    doneAsking: unhushTerminal,
  };
};
