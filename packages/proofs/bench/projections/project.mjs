import { join } from 'node:path';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openReadModels, projections } from '@keyturn/projections';

/** Projects all events, and watches this process's memory at a quarter, a half and the whole of the way. */
export async function project({ directory, batch, all }) {
  const store = right(await openSqliteEventStore({ file: join(directory, 'events.db') })());
  const kept = all ? [...projections] : ['key-list', 'audit-log'];
  const models = right(
    await openReadModels({
      file: join(directory, 'read-models.db'),
      store,
      batchSize: batch,
      projections: kept,
    })(),
  );
  const shares = [
    { share: '1/4', of: 0.25, rss: 0 },
    { share: '1/2', of: 0.5, rss: 0 },
    { share: 'the whole', of: 1, rss: 0 },
  ];
  let reading = false;
  let whole = 0;
  const watch = setInterval(() => {
    if (reading) return;
    reading = true;
    void models.status().then((status) => {
      const { position, head } = right(status).find(({ name }) => name === 'audit-log');
      const done = Number(position ?? 0n) / Number(head);
      if (done === 1 && whole === 0) whole = performance.now();
      const rss = Math.round(process.memoryUsage().rss / 1e6);
      for (const share of shares) if (done <= share.of) share.rss = Math.max(share.rss, rss);
      reading = false;
    });
  }, 100);
  const start = performance.now();
  const begun = process.cpuUsage();
  right(await models.catchUp());
  const end = performance.now();
  const { user, system } = process.cpuUsage(begun);
  clearInterval(watch);
  const last = Math.round(process.memoryUsage().rss / 1e6);
  shares[2].rss = Math.max(shares[2].rss, last);
  await models.close();
  await store.close();
  return {
    projections: kept.join(' and '),
    seconds: (end - start) / 1e3,
    cpuSeconds: (user + system) / 1e6,
    indexSeconds: whole === 0 ? 0 : (end - whole) / 1e3,
    peaks: shares.map(({ share, rss }) => ({ share, rss })),
  };
}

function right(either) {
  if (either._tag === 'Left') throw either.left;
  return either.right;
}
