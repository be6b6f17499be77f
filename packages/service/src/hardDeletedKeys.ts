import type { EnvelopedEvent, KeyId } from '@keyturn/domain';

/** The keys that these events hard-delete, in their order. */
export const hardDeletedKeys = (events: ReadonlyArray<EnvelopedEvent>): ReadonlyArray<KeyId> =>
  events.flatMap(({ event }) => (event.type === 'KeyHardDeleted' ? [event.data.keyId] : []));
