import { KEYRING_STREAM_PREFIX } from '@keyturn/domain';

/** Streams that can be a keyring's: the store leaves the others out. */
export const KEYRING_STREAMS = { streamPrefix: KEYRING_STREAM_PREFIX, streamSuffix: 'id' } as const;
