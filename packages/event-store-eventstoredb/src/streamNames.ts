import type { StreamFilter } from '@keyturn/event-store';

/** What is the adapter's own, and the server's, in names of streams. */
const NOT_OURS = '\\$|snapshot-|keyturn-clock$|keyturn-store$';
const not = new RegExp(`^(?:${NOT_OURS})`, 'u');

/** Whether a stream is one of those that the store's users write. */
export const isUserStream = (stream: string): boolean => !not.test(stream);

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The names that a server is to let through: .NET's regular expression where a prefix does not say it. */
export const namesOf = ({
  streamPrefix: prefix = '',
  streamSuffix,
}: StreamFilter): { readonly regex: string } | { readonly prefix: string } => {
  if (streamSuffix === 'id') return { regex: `^${literally(prefix)}[A-Za-z0-9_-]{1,64}$` };
  return prefix === '' ? { regex: `^(?!${NOT_OURS})` } : { prefix };
};
