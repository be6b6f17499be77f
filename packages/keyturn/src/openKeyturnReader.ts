import type { KeyturnReader, KeyturnReaderOptions } from './keyturnReader';
import { guarded } from './settle';
import * as inside from './inside';

/**
 * Opens a deployment to read alone: no master key is needed. Each query brings this machine's read models up to the
 * event store first.
 *
 * Faults: `not-initialised`, `incomplete-data-directory`, `other-event-store`, `other-vault`, `bad-option`, and those
 * of the store and the read models.
 *
 * @example
 * await using reader = await openKeyturnReader({ directory: './keyturn-data', authorize: () => true });
 * for await (const entry of reader.audit.export({ actor })) process.stdout.write(`${JSON.stringify(entry)}\n`);
 */
export const openKeyturnReader = (options: KeyturnReaderOptions): Promise<KeyturnReader> =>
  guarded(async () => {
    const { openedReader } = inside.assembleReader();
    return openedReader(options);
  });
