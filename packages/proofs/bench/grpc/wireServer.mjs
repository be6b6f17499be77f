// The wire server of `testbed` in a process of its own, or the server that ESDB_URL names.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const startServer = async () => {
  if (process.env.ESDB_URL !== undefined) return { url: process.env.ESDB_URL, stop: async () => {} };
  const program = fileURLToPath(new URL('../../../testbed/bin/esdb-dev.js', import.meta.url));
  const child = spawn(process.execPath, [program, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /esdb:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) {
      return {
        url,
        stop: async () => {
          child.kill('SIGTERM');
          await ended;
        },
      };
    }
  }
  throw new Error('The server did not start.');
};
