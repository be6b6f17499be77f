import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { genesisOf, linkEvents } from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';

const WORKSPACES = 1_000;
const KEYS = 4;
const APPEND = 50;
const EVIDENCE = { status: 200, code: null, requestId: null, latencyMs: 240 };

/** Fills an event store: a thousand workspaces with four keys each, and runs that pin and release them. */
export async function generate({ directory, events }) {
  const opened = await openSqliteEventStore({ file: join(directory, 'events.db') })();
  if (opened._tag === 'Left') throw opened.left;
  const store = opened.right;
  let time = Date.UTC(2026, 0, 1);
  let made = 0;
  const envelope = (workspaceId, actor, index = 0, count = 1, commandId = randomUUID()) => ({
    schemaVersion: 1,
    workspaceId,
    time: new Date((time += 20)).toISOString(),
    actor,
    $correlationId: commandId,
    $causationId: commandId,
    commandId,
    commandDigest: '4ZvBReSvUGk7sSr8CYgP_yoMaVVw4QJEBCpnGf7DRc0',
    issuedAt: new Date(time).toISOString(),
    index,
    count,
  });
  const event = (type, data, metadata) => ({
    id: randomUUID(),
    type,
    data: JSON.stringify(data),
    metadata: JSON.stringify(metadata),
  });
  // Nobody checks them here.
  const seal = (chain) => ({ seal: createHash('sha256').update(chain).digest(), sealKey: 1 });
  const workspaces = Array.from({ length: WORKSPACES }, (_, n) => ({
    id: `ws-${String(n).padStart(4, '0')}`,
    keys: Array.from({ length: KEYS }, () => randomUUID()),
    open: [],
    pending: [],
    head: genesisOf(`keyring-ws-${String(n).padStart(4, '0')}`),
  }));
  const flush = async (workspace) => {
    if (workspace.pending.length === 0) return;
    const batch = workspace.pending;
    workspace.pending = [];
    const stream = `keyring-${workspace.id}`;
    const linked = linkEvents(stream, workspace.head, batch, seal);
    workspace.head = linked.head;
    const result = await store.append(stream, 'any', linked.events)();
    if (result._tag === 'Left') throw result.left;
  };
  const person = (n) => ({ kind: 'user', id: `person-${n % 400}` });
  for (const [n, workspace] of workspaces.entries()) {
    for (const [k, keyId] of workspace.keys.entries()) {
      const added = {
        keyId,
        vendor: k % 2 === 0 ? 'anthropic' : 'openai',
        endpoint: null,
        region: null,
        label: `prod-${k}`,
        last4: `b${String(k).padStart(3, '0')}`,
        fingerprint: randomUUID(),
      };
      const by = person(n);
      const commandId = randomUUID();
      const count = k === 0 ? 2 : 1;
      workspace.pending.push(event('KeyAdded', added, envelope(workspace.id, by, 0, count, commandId)));
      if (k === 0) {
        const set = { scope: { kind: 'workspace' }, keyId, previousKeyId: null, cause: 'first-key' };
        workspace.pending.push(event('DefaultChanged', set, envelope(workspace.id, by, 1, 2, commandId)));
      }
      const validated = {
        keyId,
        condition: 'completed',
        callStartedAt: new Date(time).toISOString(),
        evidence: EVIDENCE,
      };
      workspace.pending.push(event('KeyValidated', validated, envelope(workspace.id, by)));
      made += count + 1;
    }
    await flush(workspace);
  }
  const appends = [];
  for (let n = 0; made < events; n++) {
    const workspace = workspaces[(n * 7919) % WORKSPACES];
    const by = { kind: 'service', id: `compiler-${n % 12}` };
    if (workspace.open.length >= 10) {
      const { runId, keyId } = workspace.open.shift();
      const released = { runId, keyId, outcome: 'succeeded' };
      workspace.pending.push(event('RunKeyReleased', released, envelope(workspace.id, by)));
    } else {
      const keyId = workspace.keys[n % KEYS];
      const runId = randomUUID();
      workspace.open.push({ runId, keyId });
      const pinned = {
        runId,
        projectId: n % 3 === 0 ? null : `project-${n % 5}`,
        keyId,
        vendor: 'anthropic',
        requested: { kind: 'default' },
        choice: 'workspace-default',
        keyringRevision: 10,
        leaseUntil: new Date(time + 86_400_000).toISOString(),
      };
      workspace.pending.push(event('RunKeyPinned', pinned, envelope(workspace.id, by)));
    }
    made += 1;
    if (workspace.pending.length >= APPEND) appends.push(flush(workspace));
    if (appends.length >= 32) await Promise.all(appends.splice(0));
  }
  await Promise.all(appends);
  await Promise.all(workspaces.map(flush));
  await store.close();
  return { events: made };
}
