import { randomUUID } from 'node:crypto';
import type { EventStore, Position } from '../eventStore';
import type { ContractOptions, OpenHarness } from './harness';
import { right } from './results';

/** What a test works with. Streams and reads are its own, so that it may run on a store that others use too. */
export interface Fixture {
  readonly store: EventStore;
  /** Starts the names of this test's streams, and of no other's. */
  readonly prefix: string;
  readonly stream: (name?: string) => string;
  /** Where the store ended before the test, in the form that options take. */
  readonly start: { readonly after?: Position };
  /** A further handle on the same data; the same handle where the store has only one. */
  readonly another: () => Promise<EventStore>;
}

/** Opens a store for a test and clears up after it. */
type WithStore = (test: (fixture: Fixture) => Promise<void>) => () => Promise<void>;

/** What the topics of the contract are given. */
export interface Subject {
  readonly withStore: WithStore;
  readonly options: ContractOptions;
}

export const subjectOf = (open: OpenHarness, options: ContractOptions): Subject => ({
  options,
  withStore: (test) => async () => {
    const { store, openAnother, dispose } = await open();
    const handles = [store];
    try {
      const head = await right(store.head);
      const prefix = `contract-${randomUUID()}-`;
      await test({
        store,
        prefix,
        stream: (name = 'stream') => prefix + name,
        start: head === null ? {} : { after: head },
        another: async () => {
          if (openAnother === undefined) return store;
          const handle = await openAnother();
          handles.push(handle);
          return handle;
        },
      });
    } finally {
      await Promise.all(handles.map((handle) => handle.close()));
      await dispose();
    }
  },
});
