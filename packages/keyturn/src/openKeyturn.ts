import type { Keyturn, KeyturnOptions } from './keyturn';
import { guarded } from './settle';
import * as inside from './inside';

/**
 * Opens a deployment: event store, vault and read models, tied together and checked against each other. Until it is
 * closed it projects, sweeps, ends lapsed leases and renews its own; `housekeeping: false` leaves that to another
 * process.
 *
 * Faults: `not-initialised`, `incomplete-data-directory`, `other-event-store`, `other-vault`, `event-store-behind`,
 * `master-key-missing`, `master-key-wrong`, `master-key-exposed`, `bad-option`, and those of store and vault.
 *
 * @example
 * const keyturn = await openKeyturn({
 *   directory: './keyturn-data',
 *   masterKey: { file: '/etc/keyturn/master.key' },
 *   authorize: ({ actor, action, workspaceId }) => mayDo(actor, action, workspaceId),
 * });
 */
export const openKeyturn = (options: KeyturnOptions): Promise<Keyturn> =>
  guarded(async () => {
    // Whoever imports the door loads what is behind it when it is opened.
    const { opened } = inside.assemble();
    return opened(options);
  });
