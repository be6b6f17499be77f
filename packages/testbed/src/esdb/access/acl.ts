import type { LogView } from '../log/logView';
import {
  aclOf,
  isMetastream,
  jsonFields,
  metadataOf,
  originalOf,
  type StreamAcl,
} from '../log/streamMetadata';
import type { Caller } from './users';

export type StreamOperation = 'read' | 'write' | 'delete';

const ADMINS = '$admins';
const EVERYONE = '$all';
const EVERYTHING = '$all';

const same = (role: string): StreamAcl => ({
  read: [role],
  write: [role],
  delete: [role],
  metaRead: [role],
  metaWrite: [role],
});

const setting = (log: LogView, name: string): StreamAcl | null => {
  const newest = log.stream('$settings')?.records.at(-1);
  return newest === undefined ? null : aclOf(jsonFields(newest.data).get(name));
};

/** Roles for an operation: the stream's own, else the defaults of `$settings`, else those that are built in. */
const rolesFor = (log: LogView, stream: string, field: keyof StreamAcl): ReadonlyArray<string> => {
  const own = metadataOf(log, stream).acl?.[field];
  const system = stream.startsWith('$');
  return (
    own ??
    setting(log, system ? '$systemStreamAcl' : '$userStreamAcl')?.[field] ??
    same(system ? ADMINS : EVERYONE)[field] ??
    []
  );
};

/** Whether a caller may do this with a stream; `$all` is a stream by that name. */
export const mayAccess = (
  log: LogView,
  caller: Caller,
  operation: StreamOperation,
  stream: string,
): boolean => {
  if (caller === 'everyone') return true;
  if (caller === 'anonymous') return false;
  if (operation === 'delete' && isMetastream(stream)) return false;
  if (operation !== 'read' && stream === EVERYTHING) return false;
  if (caller.groups.includes(ADMINS)) return true;
  const roles = isMetastream(stream)
    ? rolesFor(log, originalOf(stream), operation === 'read' ? 'metaRead' : 'metaWrite')
    : rolesFor(log, stream, operation);
  return roles.some((role) => role === EVERYONE || role === caller.name || caller.groups.includes(role));
};
