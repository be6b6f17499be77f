import { decodeEvent, defaultDecider, emptyKeyring, encodeEvent, keyringStream } from '@keyturn/domain';
import { linkEvents, linkOf } from '@keyturn/event-store';
import { randomUUID } from 'node:crypto';

const actor = { kind: 'service', id: 'bench' };

const right = async (task) => {
  const result = await task();
  if (result._tag === 'Left') throw result.left;
  return result.right;
};

/**
 * Lengthens a workspace's stream by runs that start and end, straight from the decider, each append of it chained and
 * sealed by the vault. Resolves to its length. `spanMs`: over how long a time they are spread, up to now; a millisecond
 * for each event unless said. `choiceOf` gives the choice of a run by its number; the Default unless said.
 */
export const longStream = async (store, vault, workspaceId, length, options = {}) => {
  const { spanMs = length, choiceOf = () => ({ kind: 'default' }) } = options;
  const stream = keyringStream(workspaceId);
  const { events } = await right(store.readStream(stream, { direction: 'forwards', limit: 4_096 }));
  let keyring = defaultDecider.replay(
    emptyKeyring,
    events.map((event) => decodeEvent(event).right),
  );
  let head = { revision: events.at(-1).revision, chain: linkOf(events.at(-1).metadata).chain };
  let time = Date.now() - spanMs;
  const begun = time;
  let commanded = 0;
  for (let run = 0; head.revision + 1 < length;) {
    const commands = [];
    for (let i = 0; i < 500; i += 1, run += 1) {
      const runId = `r${run}`;
      for (const body of [
        { type: 'StartRun', runId, projectId: null, choice: choiceOf(run), leaseSeconds: null },
        { type: 'FinishRun', runId, outcome: 'succeeded' },
      ]) {
        const commandId = randomUUID();
        commanded += 1;
        time = begun + Math.round((commanded / length) * spanMs);
        const ids = { commandId, correlationId: commandId, causationId: commandId };
        commands.push({ workspaceId, ...ids, issuedAt: time, time, actor, body });
      }
    }
    const decided = defaultDecider.decideAll(keyring, commands);
    const encoded = decided.events.map((event) => ({ id: randomUUID(), ...encodeEvent(event).right }));
    const linked = linkEvents(stream, head, encoded, vault.sealChain);
    await right(store.append(stream, head.revision, linked.events));
    ({ head } = linked);
    keyring = decided.keyring;
  }
  return head.revision + 1;
};
