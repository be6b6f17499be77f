/** How long a call to a vault on a server waits: a shred does so several times while somebody reads an old state. */
export const SERVER_BUSY_MS = 1_000;
