import { expect } from '@jest/globals';
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray';
import type {
  AppendResult,
  EventData,
  EventStore,
  ExpectedRevision,
  Position,
  RecordedEvent,
  StoredSnapshot,
} from '../eventStore';
import { event, events, idsOf, wholeOrder } from './events';
import type { ModelStore } from './model';
import type { GeneratedExpectation, Operation } from './operations';
import { left, right } from './results';

interface Setting {
  readonly model: ModelStore;
  readonly handles: readonly [EventStore, EventStore];
  readonly prefix: string;
  readonly start: { readonly after?: Position };
}

interface SentAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly batch: NonEmptyArray<EventData>;
  readonly result: AppendResult;
}

/** With parts that it shares with those of other revisions. */
const snapshotOf = (revision: number): StoredSnapshot => ({
  revision,
  schemaVersion: 1,
  data: String(revision),
  parts: new Map([2, 3, 5].map((n) => [`${n}-${revision % n}`, `"${revision % n} of ${n}"`])),
});

/** Makes the function that does a step on the store and on the model, and compares. */
export const makeRun = ({ model, handles, prefix, start }: Setting): ((step: Operation) => Promise<void>) => {
  let [store, other] = handles;
  const sent: SentAppend[] = [];
  const positions = new Map<string, Position>();
  const name = (stream: number): string => `${prefix}${stream}`;

  /** An event keeps the position under which it was first seen. */
  const seen = (one: RecordedEvent): void => {
    expect(positions.get(one.id) ?? one.position).toBe(one.position);
    positions.set(one.id, one.position);
  };

  const expectationOf = (stream: string, expected: GeneratedExpectation): ExpectedRevision => {
    if (expected !== 'current') return expected;
    const { length } = model.stream(stream);
    return length === 0 ? 'no-stream' : length - 1;
  };

  const append = async (
    stream: string,
    expected: ExpectedRevision,
    batch: NonEmptyArray<EventData>,
  ): Promise<void> => {
    const outcome = model.append(stream, expected, idsOf(batch));
    const task = store.append(stream, expected, batch);
    if (outcome.kind === 'conflict') {
      const { actual } = outcome;
      expect(await left(task)).toEqual({ _tag: 'AppendConflict', stream, expected, actual });
      return;
    }
    const result = await right(task);
    const last = batch[batch.length - 1];
    expect(result.revision).toBe(outcome.revision);
    if (last !== undefined) {
      expect(positions.get(last.id) ?? result.position).toBe(result.position);
      positions.set(last.id, result.position);
    }
    if (outcome.kind === 'written' && expected !== 'any' && expected !== 'stream-exists') {
      sent.push({ stream, expected, batch, result });
    }
  };

  const retry = async (number: number, what: 'all' | 'first' | 'more'): Promise<void> => {
    const earlier = sent[number % Math.max(1, sent.length)];
    if (earlier === undefined) return;
    const { stream, expected, batch, result } = earlier;
    if (what === 'all') expect(await right(store.append(stream, expected, batch))).toEqual(result);
    // A store may take a part of an append for a repetition or refuse it: it writes nothing either way.
    if (what === 'first') await store.append(stream, expected, [batch[0]])();
    if (what === 'more') await left(store.append(stream, expected, [batch[0], ...batch.slice(1), event()]));
  };

  return async (step) => {
    switch (step.kind) {
      case 'append': {
        const stream = name(step.stream);
        return append(stream, expectationOf(stream, step.expected), events(step.count));
      }
      case 'retry':
        return retry(step.append, step.what);
      case 'readStream': {
        const { direction, from, limit } = step;
        const stored = model.stream(name(step.stream));
        const rest =
          direction === 'forwards'
            ? stored.slice(from ?? 0)
            : stored.slice(0, (from ?? stored.length) + 1).reverse();
        const page = await right(
          store.readStream(name(step.stream), { direction, limit, ...(from === null ? {} : { from }) }),
        );
        expect(page).toMatchObject({ events: rest.slice(0, limit), end: rest.length <= limit });
        page.events.forEach(seen);
        return;
      }
      case 'readAll': {
        const known = step.after === null ? undefined : model.log[step.after];
        const position = known === undefined ? undefined : positions.get(known.id);
        const from = position === undefined ? start : { after: position };
        const found = await wholeOrder(store, { ...from, streamPrefix: prefix, limit: step.limit });
        const rest = position === undefined ? model.log : model.log.slice((step.after ?? 0) + 1);
        expect(found.map(({ id, stream, revision }) => ({ id, stream, revision }))).toEqual(rest);
        found.forEach(seen);
        return;
      }
      case 'saveSnapshot': {
        const { revision } = step;
        model.saveSnapshot(name(step.stream), revision);
        await right(store.saveSnapshot(name(step.stream), snapshotOf(revision)));
        return;
      }
      case 'loadSnapshot': {
        const revision = model.snapshots.get(name(step.stream));
        const expected = revision === undefined ? null : snapshotOf(revision);
        expect(await right(store.loadSnapshot(name(step.stream)))).toEqual(expected);
        return;
      }
      case 'changeHandle':
        [store, other] = [other, store];
        return;
    }
  };
};
