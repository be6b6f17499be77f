import type { StreamFilter } from './eventStore';

const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether a stream of this name is one of those that a filter lets through. */
export const passesFilter = ({ streamPrefix = '', streamSuffix }: StreamFilter, stream: string): boolean =>
  stream.startsWith(streamPrefix) &&
  (streamSuffix === undefined || ID.test(stream.slice(streamPrefix.length)));
