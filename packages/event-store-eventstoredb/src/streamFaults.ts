import { StoreFault } from '@keyturn/event-store';

const UNDO = 'While nothing was scavenged, nothing need be restored';

export const deletedStream = (stream: string): StoreFault =>
  new StoreFault(
    'stream-deleted',
    `Stream ${stream} was deleted in the event store. ${UNDO}: take $tb out of its stream metadata. ` +
      'Else restore it from a backup.',
  );

export const tombstonedStream = (stream: string): StoreFault =>
  new StoreFault(
    'stream-tombstoned',
    `Stream ${stream} was ended in the event store by a tombstone, which can't be taken back. ` +
      'Restore the event store from a backup.',
  );

export const cutStream = (stream: string): StoreFault =>
  new StoreFault(
    'stream-cut',
    `Stream ${stream} is there, and its first events, or all, are kept from readers: by $maxAge, $maxCount or ` +
      '$tb in its stream metadata, or since it was deleted and written again. ' +
      `${UNDO}: take those out of its stream metadata. ` +
      'Else restore it from a backup.',
  );
