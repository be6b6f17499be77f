import { unhushTerminal } from './input/hushedTerminal';
import type { Io } from './io';
import { refuseOpenProcess } from './nodeDebugging';
import { processOutput } from './processOutput';

/** The process's own. `umask` is the one that it was started with. */
export const processIo = (umask: number): Io => {
  const stderr = processOutput('stderr', 2);
  // Looked at, and loaded, when something is asked: Node loads what standard input is made of when it is first named.
  const hasPerson = (): boolean => stderr.isTTY && process.stdin.isTTY;
  const ask: Io['ask'] = async (question) => (await import('./input/hiddenPrompt.js')).askHidden(question);
  const confirm: Io['confirm'] = async (question) =>
    (await import('./input/confirmPrompt.js')).askYes(question);
  const askLine: Io['askLine'] = async (question) =>
    (await import('./input/confirmPrompt.js')).askLine(question);
  return {
    env: process.env,
    cwd: process.cwd(),
    umask,
    stdin: 0,
    stdout: processOutput('stdout', 1),
    stderr,
    get ask() {
      return hasPerson() ? ask : null;
    },
    get confirm() {
      return hasPerson() ? confirm : null;
    },
    get askLine() {
      return hasPerson() ? askLine : null;
    },
    doneAsking: unhushTerminal,
    beforeCommand: () => refuseOpenProcess(process),
  };
};
