import * as domain from '@keyturn/domain';
import type { Actor, Command, CommandBody, EnvelopedEvent } from '@keyturn/domain';
import { genesisOf, linkEvents, type EventData, type EventStore } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import { chunksOf, fromArray } from 'fp-ts/NonEmptyArray';
import { isLeft, isRight } from 'fp-ts/Either';
import { isNone } from 'fp-ts/Option';
import type * as t from 'io-ts';
import { randomUUID } from 'node:crypto';
import type { PlannedAct } from './planned';

const decider = domain.makeDecider({ ...domain.defaultPolicy, maxOpenRuns: 100_000 });
const MINUTE = 60_000;
const IN_AN_APPEND = 500;

const parsed = <A>(codec: t.Type<A, unknown>, value: unknown): A => {
  const decoded = codec.decode(value);
  if (isRight(decoded)) return decoded.right;
  throw new Error(`${String(value)} is no ${codec.name}`);
};

const actorOf = ({ actor, origin }: PlannedAct): Actor => {
  const [kind = '', id = ''] = actor.split(':');
  if (kind !== 'user' && kind !== 'service' && kind !== 'support') throw new Error(`no actor: ${actor}`);
  const named: Actor = { kind, id: parsed(domain.ActorId, id) };
  return origin === null ? named : { ...named, originRef: origin };
};

interface Step {
  readonly at: number;
  readonly actor: Actor;
  readonly body: CommandBody;
}

const stepsOf = (act: PlannedAct): ReadonlyArray<Step> => {
  const { at, does } = act;
  const step = (body: CommandBody, after = 0): Step => ({ at: at + after, actor: actorOf(act), body });
  if (does.kind === 'set-default') {
    const keyId = parsed(domain.KeyId, does.key);
    return [step({ type: 'SetDefault', keyId, scope: { kind: 'workspace' } })];
  }
  if (does.kind === 'run') {
    const runId = parsed(domain.RunId, does.run);
    const projectId = does.project === null ? null : parsed(domain.ProjectId, does.project);
    const choice: domain.RunChoice =
      does.key === undefined ? { kind: 'default' } : { kind: 'key', keyId: parsed(domain.KeyId, does.key) };
    return [
      step({ type: 'StartRun', runId, projectId, choice, leaseSeconds: null }),
      step({ type: 'FinishRun', runId, outcome: 'succeeded' }, does.minutes * MINUTE),
    ];
  }
  const keyId = parsed(domain.KeyId, does.key);
  const evidence = { status: 200, code: null, requestId: null, latencyMs: 1 };
  return [
    step({
      type: 'AddKey',
      keyId,
      vendor: parsed(domain.Vendor, 'anthropic'),
      endpoint: null,
      region: null,
      label: null,
      last4: 'abAA',
      fingerprint: randomUUID(),
      expiresAt: null,
    }),
    step({ type: 'StartTestCall', keyId, purpose: 'add' }, 1),
    step(
      {
        type: 'RecordValidation',
        keyId,
        outcome: { kind: 'accepted', condition: 'completed', callStartedAt: at + 1, evidence },
      },
      2,
    ),
  ];
};

const eventData = (event: EnvelopedEvent): EventData => {
  const encoded = domain.encodeEvent(event);
  if (isLeft(encoded)) throw encoded.left;
  return { id: randomUUID(), ...encoded.right };
};

/** Lays a history down as the events of a workspace, decided by the domain, chained and sealed. Gives the events. */
export const laidDown = async (
  store: EventStore,
  vault: Pick<Vault, 'sealChain'>,
  workspace: string,
  acts: ReadonlyArray<PlannedAct>,
): Promise<ReadonlyArray<EnvelopedEvent>> => {
  const workspaceId = parsed(domain.WorkspaceId, workspace);
  const steps = acts.flatMap(stepsOf).sort((a, b) => a.at - b.at);
  const commands = steps.map(({ at, actor, body }): Command => {
    const commandId = parsed(domain.CommandId, randomUUID());
    const correlationId = parsed(domain.CorrelationId, randomUUID());
    return {
      workspaceId,
      commandId,
      issuedAt: at,
      time: at,
      actor,
      correlationId,
      causationId: commandId,
      body,
    };
  });
  const { results, events } = decider.decideAll(decider.initialState, commands);
  for (const result of results) if (isLeft(result)) throw new Error(result.left.message);
  const stream = `keyring-${workspace}`;
  let head = genesisOf(stream);
  const all = fromArray(events.map(eventData));
  if (isNone(all)) throw new Error('a history without events');
  for (const chunk of chunksOf(IN_AN_APPEND)(all.value)) {
    const linked = linkEvents(stream, head, chunk, vault.sealChain);
    const appended = await store.append(
      stream,
      head.revision < 0 ? 'no-stream' : head.revision,
      linked.events,
    )();
    if (isLeft(appended)) throw new Error(`not appended: ${appended.left._tag}`);
    ({ head } = linked);
  }
  return events;
};
