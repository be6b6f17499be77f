import { WorkspaceId } from './ids';

/** How the names of all keyrings' streams begin. */
export const KEYRING_STREAM_PREFIX = 'keyring-';

/** The event stream of a workspace's keyring. */
export const keyringStream = (workspaceId: WorkspaceId): string => `${KEYRING_STREAM_PREFIX}${workspaceId}`;

/** Whose keyring a stream is; null for a stream that can't be a keyring's. */
export const workspaceOfStream = (stream: string): WorkspaceId | null => {
  if (!stream.startsWith(KEYRING_STREAM_PREFIX)) return null;
  const name = stream.slice(KEYRING_STREAM_PREFIX.length);
  return WorkspaceId.is(name) ? name : null;
};
