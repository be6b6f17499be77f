// What a rebuild of every read model leaves of the file, and how long giving room back holds up the process at most.
// Exits 1 where the file grows.
// Usage: node packages/proofs/bench/scale/rebuild.mjs [--quick]
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openReadModels, projections } from '@keyturn/projections';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '../projections/generate.mjs';

const SIZES = process.argv.includes('--quick') ? [2_000] : [5_000, 20_000];
/** At 4d185d9. */
const BEFORE = 1.8;
const MOST = 1.1;

const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};

/** The longest time that nobody else got a turn, from a moment on. */
const watchStops = () => {
  let [longest, last, watching] = [0, 0, false];
  const look = () => {
    const now = performance.now();
    if (last > 0) longest = Math.max(longest, now - last);
    last = now;
    if (watching) setImmediate(look);
  };
  return {
    begin: () => {
      if (watching) return;
      watching = true;
      setImmediate(look);
    },
    end: () => {
      watching = false;
      return longest;
    },
  };
};

async function measure(events) {
  const directory = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  try {
    await generate({ directory, events });
    const store = await right(openSqliteEventStore({ file: join(directory, 'events.db') }));
    const file = join(directory, 'read-models.db');
    const opened = async (body) => {
      const models = await right(openReadModels({ file, store }));
      await body(models);
      await models.close();
      return statSync(file).size;
    };
    const before = await opened((models) => right(models.catchUp));
    const stops = watchStops();
    const after = await opened(async (models) => {
      for (const name of projections) {
        // The last report is that of the swap: what follows is given back.
        const onProgress = ({ done, total, events: of }) => {
          if (name === 'audit-log' && done === total && of >= events) stops.begin();
        };
        await right(models.rebuild(name, { onProgress }));
      }
    });
    const longest = stops.end();
    await store.close();
    return { events, before, grown: after / before, longest };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

console.log('| events | file | after a rebuild | longest stop while room is given back |');
console.log('| --: | --: | --: | --: |');
for (const size of SIZES) {
  const { events, before, grown, longest } = await measure(size);
  const cells = [
    events.toLocaleString('en'),
    `${Math.round(before / 1e6)} MB`,
    `${BEFORE} → ${grown.toFixed(2)} times`,
    `${Math.round(longest)} ms`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
  if (grown > MOST) process.exitCode = 1;
}
