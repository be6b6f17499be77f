import type { AllPage, EventStore, Position } from '@keyturn/event-store';
import * as TE from 'fp-ts/TaskEither';

const cutOff = (page: AllPage, place: Position): AllPage => {
  const { events, readTo } = page;
  const reached = readTo !== null && readTo >= place;
  return reached
    ? { events: events.filter(({ position }) => position <= place), readTo: place, end: true }
    : page;
};

/** The store as it was when its newest event was the one at this place; null: before its first event. */
export const storeUpTo = (
  store: EventStore,
  place: Position | null,
  onEvents: (count: number) => void,
): EventStore => ({
  ...store,
  head: TE.right(place),
  readStream: (stream, options) => async () => {
    const page = await store.readStream(stream, options)();
    if (page._tag === 'Left') return page;
    const events = page.right.events.filter(({ position }) => place !== null && position <= place);
    return {
      _tag: 'Right',
      right: { events, end: page.right.end || events.length < page.right.events.length },
    };
  },
  readAll: (options) =>
    place === null
      ? TE.right({ events: [], readTo: options.after ?? null, end: true })
      : async () => {
          const page = await store.readAll(options)();
          if (page._tag === 'Left') return page;
          const cut = cutOff(page.right, place);
          onEvents(cut.events.length);
          return { _tag: 'Right', right: cut };
        },
});
