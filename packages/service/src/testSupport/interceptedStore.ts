import type { EventStore } from '@keyturn/event-store';

type Append = EventStore['append'];
type ReadStream = EventStore['readStream'];

/** What a test may put in front of a store's calls; each gets the call's own arguments and the store's own function. */
export interface Interception {
  append?: (next: Append, ...args: Parameters<Append>) => ReturnType<Append>;
  readStream?: (next: ReadStream, ...args: Parameters<ReadStream>) => ReturnType<ReadStream>;
  loadSnapshot?: (next: EventStore['loadSnapshot'], stream: string) => ReturnType<EventStore['loadSnapshot']>;
  saveSnapshot?: (
    next: EventStore['saveSnapshot'],
    ...args: Parameters<EventStore['saveSnapshot']>
  ) => ReturnType<EventStore['saveSnapshot']>;
}

/** The store behind interceptions that may be set and taken back at any time. */
export const intercepted = (store: EventStore, by: Interception): EventStore => ({
  ...store,
  append:
    (...args) =>
    () =>
      (by.append?.(store.append, ...args) ?? store.append(...args))(),
  readStream:
    (...args) =>
    () =>
      (by.readStream?.(store.readStream, ...args) ?? store.readStream(...args))(),
  loadSnapshot: (stream) => () =>
    (by.loadSnapshot?.(store.loadSnapshot, stream) ?? store.loadSnapshot(stream))(),
  saveSnapshot:
    (...args) =>
    () =>
      (by.saveSnapshot?.(store.saveSnapshot, ...args) ?? store.saveSnapshot(...args))(),
});
