import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startPostgres } from '../postgresServer';

/** Starts a server, says its process and directory, and stays until it is killed. */
void startPostgres().then(({ dataDirectory }) => {
  const [pid] = readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n');
  process.stdout.write(`${String(pid)} ${dirname(dataDirectory)}\n`);
});
