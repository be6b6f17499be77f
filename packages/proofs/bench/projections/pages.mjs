import { join } from 'node:path';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openReadModels } from '@keyturn/projections';

/**
 * Asks for filtered pages of the audit log, and says how long each took: the median and the slowest, in milliseconds.
 */
export async function askForPages({ directory }) {
  const store = right(await openSqliteEventStore({ file: join(directory, 'events.db') })());
  const models = right(await openReadModels({ file: join(directory, 'read-models.db'), store })());
  const page = (filter, order = 'newest-first') => models.auditPage(filter, { order, limit: 50 })();
  const { entries } = right(await page({ action: 'RunKeyReleased' }));
  const results = [];
  const filters = {
    workspace: ({ workspaceId }) => ({ workspaceId }),
    key: ({ workspaceId, keyId }) => ({ workspaceId, keyId }),
    'key without workspace': ({ keyId }) => ({ keyId }),
    run: ({ workspaceId, runId }) => ({ workspaceId, runId }),
    actor: ({ actorId }) => ({ actor: { id: actorId } }),
    'actor in a workspace': ({ workspaceId, actorId }) => ({ workspaceId, actor: { id: actorId } }),
    'rare action': () => ({ action: 'DefaultChanged' }),
    'rare action in a workspace': ({ workspaceId }) => ({ workspaceId, action: 'KeyAdded' }),
    correlation: ({ correlationId }) => ({ correlationId }),
    'workspace in an hour': ({ workspaceId, recordedAt }) => ({
      workspaceId,
      since: recordedAt - 3_600_000,
      until: recordedAt,
    }),
  };
  for (const [name, filterOf] of Object.entries(filters)) {
    const times = [];
    for (const entry of entries) {
      for (const order of ['newest-first', 'oldest-first']) {
        const start = performance.now();
        right(await page(filterOf(entry), order));
        times.push(performance.now() - start);
      }
    }
    times.sort((a, b) => a - b);
    results.push({ name, median: times[times.length >> 1], slowest: times.at(-1) });
  }
  await models.close();
  await store.close();
  return results;
}

function right(either) {
  if (either._tag === 'Left') throw either.left;
  return either.right;
}
