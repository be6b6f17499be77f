import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { decodeEvent, type EnvelopedEvent } from '@keyturn/domain';
import { brokenInvariants, scatteredCommands } from '@keyturn/domain/invariants';
import type { EventStore, RecordedEvent } from '@keyturn/event-store';
import type { ReadModels } from '@keyturn/projections';
import { isRefusal } from '@keyturn/service';
import { expectRight } from '@keyturn/testbed';
import * as E from 'fp-ts/Either';
import { play, type AnsweredCommand } from './play';
import type { Turn } from './schedule';
import type { Site } from './site';

const MOST = 4_096;

const streamOf = async (store: EventStore, workspaceId: string): Promise<ReadonlyArray<RecordedEvent>> =>
  (await expectRight(store.readStream(`keyring-${workspaceId}`, { direction: 'forwards', limit: MOST })))
    .events;

const decoded = (events: ReadonlyArray<RecordedEvent>): ReadonlyArray<EnvelopedEvent> =>
  events.map((stored) => {
    const event = decodeEvent(stored);
    if (E.isLeft(event)) throw event.left;
    return event.right;
  });

const everything = async (models: ReadModels, workspaceId: string) => ({
  keys: await expectRight(models.listKeys(workspaceId)),
  runs: (await expectRight(models.listRuns({ workspaceId }, { limit: 1_000 }))).runs,
  audit: (await expectRight(models.auditPage({ workspaceId }, { order: 'oldest-first', limit: 1_000 })))
    .entries,
});

/** Whoever waits long enough gets an answer: done, or why not. */
const unanswered = (answered: ReadonlyArray<AnsweredCommand>): ReadonlyArray<string> =>
  answered.flatMap(({ step, result }) =>
    E.isLeft(result) && !isRefusal(result.left)
      ? [`${step.kind} ended in the fault ${result.left.code}, however often it was sent`]
      : [],
  );

const lost = (
  answered: ReadonlyArray<AnsweredCommand>,
  history: ReadonlyArray<EnvelopedEvent>,
): ReadonlyArray<string> => {
  const there = new Set<string>(history.map(({ envelope }) => envelope.commandId));
  return answered.flatMap(({ result, step, commandId }) =>
    E.isRight(result) &&
    result.right.position !== null &&
    // A release appends as often as it takes, by commands of its own.
    step.kind !== 'start-with-secret' &&
    !there.has(commandId)
      ? [`${step.kind} was told done, and the log has nothing of it`]
      : [],
  );
};

const wrongIn = async (
  { store, models }: Site,
  rebuilt: ReadModels,
  workspaceId: string,
  answered: ReadonlyArray<AnsweredCommand>,
): Promise<ReadonlyArray<string>> => {
  const stored = await streamOf(store, workspaceId);
  const history = decoded(stored);
  const all = await expectRight(store.readAll({ streamPrefix: `keyring-${workspaceId}`, limit: MOST }));
  const shown = await everything(models, workspaceId);
  const failed = (holds: boolean, otherwise: string): ReadonlyArray<string> => (holds ? [] : [otherwise]);
  return [
    ...failed(
      stored.every(({ revision }, n) => revision === n),
      'revisions have gaps, or come twice',
    ),
    ...failed(new Set(stored.map(({ id }) => id)).size === stored.length, 'an event is there twice'),
    ...failed(
      isDeepStrictEqual(all.events, stored),
      'the stream is in another order than everything together',
    ),
    ...brokenInvariants(history),
    ...scatteredCommands(history).map((id) => `events of command ${id} are not in one piece`),
    ...failed(
      isDeepStrictEqual(shown, await everything(rebuilt, workspaceId)),
      'read models are not what a rebuild makes of the events',
    ),
    ...failed(shown.audit.length === stored.length, 'the audit log has not one entry for each event'),
    ...unanswered(answered),
    ...lost(answered, history),
  ];
};

/** Plays a schedule in two workspaces of its own, and gives all that is wrong afterwards. */
export const wrongAfter = async (site: Site, turns: ReadonlyArray<Turn>): Promise<ReadonlyArray<string>> => {
  const workspaces = [`a-${randomUUID()}`, `b-${randomUUID()}`];
  const answered = await play(site, turns, workspaces);
  await expectRight(site.models.catchUp);
  const rebuilt = await site.rebuilt();
  const wrong: string[] = [];
  for (const workspaceId of workspaces) {
    const mine = answered.filter((one) => one.workspaceId === workspaceId);
    wrong.push(...(await wrongIn(site, rebuilt, workspaceId, mine)));
  }
  return wrong;
};
