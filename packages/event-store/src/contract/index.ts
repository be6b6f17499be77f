import { describe } from '@jest/globals';
import { appending } from './appending';
import { concurrency } from './concurrency';
import { faults } from './faults';
import { subjectOf } from './fixture';
import type { ContractOptions, OpenHarness } from './harness';
import { json } from './json';
import { modelBased } from './modelBased';
import { readingAll } from './readingAll';
import { readingStreams } from './readingStreams';
import { resuming } from './resuming';
import { retrying } from './retrying';
import { snapshots } from './snapshots';
import { subscribing } from './subscribing';

export type { ContractOptions, OpenedStore, OpenHarness } from './harness';

/**
 * Describes, for jest, everything that a store promises. An adapter's own test is one call, and whatever is particular
 * to the adapter. Needs the peer dependencies `@jest/globals` and `fast-check`.
 *
 * @example
 * describeEventStoreContract('in memory', async () => ({ store: makeInMemoryEventStore(), dispose: async () => {} }));
 */
export const describeEventStoreContract = (
  name: string,
  open: OpenHarness,
  options: ContractOptions = {},
): void =>
  describe(`event store contract: ${name}`, () => {
    const subject = subjectOf(open, options);
    appending(subject);
    retrying(subject);
    readingStreams(subject);
    readingAll(subject);
    subscribing(subject);
    resuming(subject);
    snapshots(subject);
    json(subject);
    faults(subject);
    concurrency(subject);
    modelBased(subject);
  });
