// Workspaces that have been through a lot, for benchmarks: decided and appended in large batches. Who asks hands in the
// modules that it stands on, `domain` and `eventStore`: none of the packages is found from here.
import { createHash, randomUUID } from 'node:crypto';

const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};

const actor = { kind: 'service', id: 'bench' };
const evidence = { status: 200, code: null, requestId: null, latencyMs: 1 };
const receipt = { destroyedAt: 0, secretsDestroyed: 1, dataKeysDestroyed: 1, method: 'shred', checks: [] };

export const addKey = (keyId) => ({
  type: 'AddKey',
  keyId,
  vendor: 'anthropic',
  endpoint: null,
  region: null,
  label: null,
  expiresAt: null,
  last4: keyId.slice(-4),
  fingerprint: createHash('sha256').update(keyId).digest('base64url'),
});
const validated = (keyId, callStartedAt) => ({
  type: 'RecordValidation',
  keyId,
  outcome: { kind: 'accepted', condition: 'completed', callStartedAt, evidence },
});
export const deleteKey = (keyId) => ({
  type: 'HardDeleteKey',
  keyId,
  successor: null,
  caseId: 'C1',
  reason: 'other',
});
export const confirm = (keyId) => ({ type: 'ConfirmDestruction', keyId, receipt });
export const start = (runId) => ({
  type: 'StartRun',
  runId,
  projectId: null,
  choice: { kind: 'default' },
  leaseSeconds: null,
});
export const finish = (runId) => ({ type: 'FinishRun', runId, outcome: 'succeeded' });

const workspaceOf = ({ domain, eventStore, store, vault, keys, pins }) => {
  const { defaultDecider, emptyKeyring, encodeEvent, keyringStream } = domain;
  const { genesisOf, linkEvents } = eventStore;
  const workspaceId = `keys${keys}-pins${pins}`;
  const stream = keyringStream(workspaceId);
  let keyring = emptyKeyring;
  let head = genesisOf(stream);
  let time = Date.now() - 86_400_000;
  return {
    workspaceId,
    stream,
    get folded() {
      return { keyring, chain: head.chain };
    },
    get time() {
      return time;
    },
    play: async (bodies) => {
      const commands = bodies.map((body) => {
        const commandId = randomUUID();
        time += 1;
        const ids = { commandId, correlationId: commandId, causationId: commandId };
        return { workspaceId, ...ids, issuedAt: time, time, actor, body };
      });
      const decided = defaultDecider.decideAll(keyring, commands);
      const refused = decided.results.find(({ _tag }) => _tag === 'Left');
      if (refused !== undefined) throw new Error(refused.left.message);
      const encoded = decided.events.map((event) => ({ id: randomUUID(), ...encodeEvent(event).right }));
      const linked = linkEvents(stream, head, encoded, vault.sealChain);
      const expected = head.revision < 0 ? 'no-stream' : head.revision;
      await right(store.append(stream, expected, linked.events));
      ({ head } = linked);
      ({ keyring } = decided);
    },
  };
};

/** A workspace of so many keys ever, of which all but one are long gone, and of so many open pins. */
export const grownWorkspace = async ({ keys, pins = 0, ...parts }) => {
  const workspace = workspaceOf({ ...parts, keys, pins });
  const own = randomUUID();
  await workspace.play([addKey(own)]);
  await workspace.play([validated(own, workspace.time)]);
  for (let done = 1; done < keys; done += 250) {
    const ids = Array.from({ length: 250 }, () => randomUUID());
    await workspace.play(ids.flatMap((id) => [addKey(id), deleteKey(id), confirm(id)]));
  }
  for (let open = 0; open < pins; open += 500) {
    await workspace.play(Array.from({ length: 500 }, () => start(randomUUID())));
  }
  return workspace;
};
