import type { EventStore } from '../eventStore';

/** A store under test, opened for one test. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Opens a further handle on the same data, as another process would hold one. The suite closes it. */
  readonly openAnother?: () => Promise<EventStore>;
  /** Removes the store's data; the suite has closed the store before. */
  readonly dispose: () => Promise<void>;
}

export type OpenHarness = () => Promise<OpenedStore>;

/** What differs between stores that all keep the contract. */
export interface ContractOptions {
  /** Whether each opened store is empty; false for a server that is shared with others. Default true. */
  readonly startsEmpty?: boolean;
  /** Whether `openAnother` is there, so that the tests of several handles are run. Default false. */
  readonly severalHandles?: boolean;
  /**
   * Bytes of JSON from which on an append is refused as too large; asked of the store where that goes by its version.
   * Left out for a store that takes any size.
   */
  readonly maxAppendBytes?: number | (() => Promise<number>);
  /** Histories that the model-based test tries. Default 40. */
  readonly modelRuns?: number;
}
