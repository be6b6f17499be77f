import { keyringStream, WorkspaceId } from '@keyturn/domain';
import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import { makeKeyturn, type Keyturn, type KeyturnOptions } from '@keyturn/service';
import { expectRight } from '@keyturn/testbed';
import type { Vault } from '@keyturn/vault';
import { knownVendors, type Prober } from '@keyturn/vendors';
import * as E from 'fp-ts/Either';
import { randomUUID } from 'node:crypto';
import type { Random } from '../kills/random';

const ACCEPTED = { status: 200, code: null, requestId: null, latencyMs: 1 } as const;

/** Accepts every key, and calls nobody. */
const accepting: Prober = {
  vendors: knownVendors(),
  readTarget: E.right,
  probe: () => () =>
    Promise.resolve({
      verdict: { kind: 'accepted', condition: 'completed' },
      callStartedAt: Date.now(),
      attempts: 1,
      evidence: ACCEPTED,
    }),
  killCheck: () => () =>
    Promise.resolve({ says: 'alive', callStartedAt: Date.now(), attempts: 1, evidence: ACCEPTED }),
};

/** A service with an empty memory, as after a start. */
export const coldService = (
  parts: Pick<KeyturnOptions, 'eventStore' | 'vault'> & Partial<KeyturnOptions>,
): Keyturn =>
  makeKeyturn({
    prober: accepting,
    authorize: () => Promise.resolve(true),
    testCallsPerMinute: 1_000_000,
    ...parts,
  });

export const contextOf = (workspaceId: string) =>
  ({ workspaceId, actor: { kind: 'user', id: 'ada' } }) as const;

export const OPERATOR = { kind: 'support', id: 'grace' } as const;

/** The name of a workspace's stream. */
const streamOf = (workspaceId: string): string => {
  if (!WorkspaceId.is(workspaceId)) throw new Error('It is one.');
  return keyringStream(workspaceId);
};

const pasted = (): string => `sk-trust-${randomUUID()}-${randomUUID()}`;

/** Every event of a stream, oldest first. */
export const eventsOf = async (store: EventStore, stream: string): Promise<ReadonlyArray<RecordedEvent>> => {
  const events: RecordedEvent[] = [];
  for (let end = false; !end;) {
    const from = (events.at(-1)?.revision ?? -1) + 1;
    const page = await expectRight(store.readStream(stream, { direction: 'forwards', from, limit: 4_096 }));
    events.push(...page.events);
    end = page.end || page.events.length === 0;
  }
  return events;
};

/** Fingers on what is destroyed: the rows of a workspace, as text. */
export const rowsOf = async (vault: Vault, workspaceId: string): Promise<string> =>
  JSON.stringify(await expectRight(vault.rowsOf(workspaceId)));

/** A workspace with a history. */
export interface Inhabited {
  readonly workspaceId: string;
  readonly stream: string;
  /** The Default, on file. */
  readonly keyId: string;
}

/** Gives a workspace a short history of its own: keys, runs, a Default that moved, sometimes a hard delete. */
export const inhabit = async (keyturn: Keyturn, workspaceId: string, random: Random): Promise<Inhabited> => {
  const context = contextOf(workspaceId);
  const add = async (vendor: string): Promise<string> =>
    (await expectRight(keyturn.addKey(context, { vendor, pasted: pasted() }))).key.keyId;
  const [first, second] = [await add('anthropic'), await add('openai')];
  for (let run = 1 + random.below(4); run > 0; run -= 1) {
    await expectRight(keyturn.startRun(context, { runId: `h-${run}` }));
    if (random.chance(0.7)) await expectRight(keyturn.finishRun(context, { runId: `h-${run}` }));
  }
  await expectRight(keyturn.setDefault(context, { keyId: second }));
  if (random.chance(0.3)) await expectRight(keyturn.hardDeleteKey(context, { keyId: first, caseId: 'C-1' }));
  return { workspaceId, stream: streamOf(workspaceId), keyId: second };
};
