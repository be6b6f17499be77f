import { join } from 'node:path';
import {
  ActorId,
  CaseId,
  CommandId,
  CorrelationId,
  decodeEvent,
  defaultPolicy,
  encodeEvent,
  KeyId,
  makeDecider,
  ProjectId,
  RunId,
  Vendor,
  WorkspaceId,
  type Command,
  type CommandBody,
  type EnvelopedEvent,
  type Keyring,
} from '@keyturn/domain';
import {
  genesisOf,
  linkEvents,
  linkOf,
  type EventData,
  type EventStore,
  type RecordedEvent,
} from '@keyturn/event-store';
import { openSqliteEventStore } from '@keyturn/event-store-sqlite';
import { openVault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import { isNonEmpty } from 'fp-ts/Array';
import * as NEA from 'fp-ts/NonEmptyArray';
import type * as t from 'io-ts';
import { randomUUID as uuid } from 'node:crypto';
import { right } from './right';
import type { Workshop } from './workshop';

const decider = makeDecider({
  ...defaultPolicy,
  maxKeysOnFile: 1_000,
  maxOpenRuns: 100_000,
  maxTotalLeaseSeconds: 1e9,
});
const PAGE = 1_000;
const EVENTS_IN_AN_APPEND = 500;

const decoded = <A>(codec: t.Type<A, unknown>, value: unknown): A => {
  const result = codec.decode(value);
  if (E.isRight(result)) return result.right;
  throw new Error(`${String(value)} is no ${codec.name}`);
};

const keyIdOf = (text: string): KeyId => decoded(KeyId, text);
const workspaceOf = (text: string): WorkspaceId => decoded(WorkspaceId, text);

/** A key that no vault has, for situations that never open it. */
export const addingKey = (keyId: string): CommandBody => ({
  type: 'AddKey',
  keyId: keyIdOf(keyId),
  vendor: decoded(Vendor, 'anthropic'),
  endpoint: null,
  region: null,
  label: null,
  last4: 'abAA',
  fingerprint: uuid(),
  expiresAt: null,
});

/** What a test call that went well leaves behind. */
export const accepting = (keyId: string, time: number): CommandBody => ({
  type: 'RecordValidation',
  keyId: keyIdOf(keyId),
  outcome: {
    kind: 'accepted',
    condition: 'completed',
    callStartedAt: time,
    evidence: { status: 200, code: null, requestId: null, latencyMs: 1 },
  },
});

/** A run on a key, for the usual lease unless said otherwise. */
export const startingRun = (
  runId: string,
  keyId: string,
  leaseSeconds: number | null = null,
): CommandBody => ({
  type: 'StartRun',
  runId: decoded(RunId, runId),
  projectId: null,
  choice: { kind: 'key', keyId: keyIdOf(keyId) },
  leaseSeconds,
});

/** A project's own Default. */
export const settingProjectDefault = (keyId: string, projectId: string): CommandBody => ({
  type: 'SetDefault',
  keyId: keyIdOf(keyId),
  scope: { kind: 'project', projectId: decoded(ProjectId, projectId) },
});

/** A report of a leak, under a case. */
export const reportingLeak = (keyId: string): CommandBody => ({
  type: 'ReportLeak',
  keyId: keyIdOf(keyId),
  caseId: decoded(CaseId, 'CASE-1'),
  reportedBy: 'Grace',
  suspectedSince: null,
  source: null,
  usedElsewhere: 'unknown',
  stranger: 'unknown',
});

export const suspending = (keyId: string): CommandBody => ({
  type: 'SuspendKey',
  keyId: keyIdOf(keyId),
  caseId: decoded(CaseId, 'CASE-1'),
});

const commandOf = (workspaceId: WorkspaceId, body: CommandBody, time: number): Command => {
  const commandId = uuid();
  return {
    workspaceId,
    commandId: decoded(CommandId, commandId),
    issuedAt: time,
    time,
    actor: { kind: 'user', id: decoded(ActorId, 'ada') },
    correlationId: decoded(CorrelationId, uuid()),
    causationId: commandId,
    body,
  };
};

const eventData = (event: EnvelopedEvent): EventData => {
  const encoded = encodeEvent(event);
  if (E.isLeft(encoded)) throw encoded.left;
  return { id: uuid(), ...encoded.right };
};

const chunked = (events: ReadonlyArray<EventData>): ReadonlyArray<NEA.NonEmptyArray<EventData>> => {
  const all = [...events];
  return isNonEmpty(all) ? NEA.chunksOf(EVENTS_IN_AN_APPEND)(all) : [];
};

/** The event store of a workshop, opened in this process. */
export const withEvents = async <A>(shop: Workshop, use: (store: EventStore) => Promise<A>): Promise<A> => {
  const store = await right(openSqliteEventStore({ file: join(shop.data, 'events.sqlite'), create: false }));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
};

/** Every event of a workspace. */
export const eventsOf = async (
  store: EventStore,
  workspace: string,
): Promise<ReadonlyArray<RecordedEvent>> => {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await right(
      store.readStream(`keyring-${workspace}`, { direction: 'forwards', from: events.length, limit: PAGE }),
    );
    events.push(...page.events);
    if (page.end) return events;
  }
};

/** The keyring that a workspace's events fold to, by the domain alone. */
export const foldedKeyring = async (store: EventStore, workspace: string): Promise<Keyring> => {
  const events = (await eventsOf(store, workspace)).map((recorded) => {
    const event = decodeEvent(recorded);
    if (E.isLeft(event)) throw event.left;
    return event.right;
  });
  return decider.replay(decider.initialState, events);
};

/**
 * Gives a workspace a past: commands that were handled from that time on, one each millisecond, under a policy that
 * leaves room for them.
 */
export const givePast = (
  shop: Workshop,
  workspace: string,
  bodies: ReadonlyArray<CommandBody>,
  time: number = Date.now() - bodies.length,
): Promise<void> =>
  withEvents(shop, async (store) => {
    const before = await foldedKeyring(store, workspace);
    const commands = bodies.map((body, index) => commandOf(workspaceOf(workspace), body, time + index));
    const { results, events } = decider.decideAll(before, commands);
    for (const result of results) if (E.isLeft(result)) throw new Error(result.left.message);
    const vault = await right(
      openVault({ directory: join(shop.data, 'vault'), masterKey: { kind: 'file', path: shop.masterKey } }),
    );
    try {
      const stream = `keyring-${workspace}`;
      const [last] = (await eventsOf(store, workspace)).slice(-1);
      const link = last === undefined ? null : linkOf(last.metadata);
      let head = link === null ? genesisOf(stream) : { revision: before.revision, chain: link.chain };
      for (const chunk of chunked(events.map(eventData))) {
        const expected = head.revision < 0 ? 'no-stream' : head.revision;
        const linked = linkEvents(stream, head, chunk, vault.sealChain);
        const appended = await store.append(stream, expected, linked.events)();
        if (E.isLeft(appended)) throw new Error(`not appended: ${appended.left._tag}`);
        ({ head } = linked);
      }
    } finally {
      await vault.close();
    }
  });
