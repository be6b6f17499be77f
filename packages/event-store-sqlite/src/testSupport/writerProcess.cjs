// Appends two events at a time to a few streams, as many times as told, with optimistic retry. Prints the ids of each
// append, in one line, once it is acknowledged.
// Usage: node writerProcess.cjs FILE APPENDS STREAMS
const { randomUUID } = require('node:crypto');
const { openSqliteEventStore } = require('../../dist/index.js');

const [file, appends, streams] = process.argv.slice(2);

const append = async (store, stream) => {
  const events = [1, 2].map(() => ({
    id: randomUUID(),
    type: 'Written',
    data: String(process.pid),
    metadata: '{}',
  }));
  for (let expected = 'no-stream'; ;) {
    const outcome = await store.append(stream, expected, events)();
    if (outcome._tag === 'Right') return events.map(({ id }) => id);
    if (outcome.left._tag !== 'AppendConflict') throw outcome.left;
    expected = outcome.left.actual;
  }
};

const main = async () => {
  const opened = await openSqliteEventStore({ file, busyTimeoutMs: 60_000 })();
  if (opened._tag === 'Left') throw opened.left;
  for (let round = 0; round < Number(appends); round += 1) {
    const ids = await append(opened.right, `stream-${round % Number(streams)}`);
    process.stdout.write(`${ids.join(' ')}\n`);
  }
  await opened.right.close();
};

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
