import type { Session } from './session';
import { untilFree } from './waiting';

/** Names the lock among those of other programs that use the database. */
const LOCK = [0x6b65_7974, 0x7368_7264].map((half) => `${half}::integer`).join(', ');

const PATIENCE_MS = 60_000;

/**
 * Of several erasures in one database one runs at a time, whatever machines they are of. The lock is asked for and
 * never waited for by the server: a statement that waits keeps its snapshot, and old versions with it, for which the
 * other waits.
 */
export const oneAtATime = async <A>(session: Session, run: () => Promise<A>): Promise<A> => {
  await untilFree(PATIENCE_MS, async () => {
    const { rows } = await session.query(`SELECT 1 FROM pg_try_advisory_lock(${LOCK}) AS had WHERE had`);
    return rows.length > 0 ? null : 'another process erases what it deleted, and has not ended';
  });
  try {
    return await run();
  } finally {
    // Where the connection was lost, the lock went with it, and what had been thrown says so.
    await session.query(`SELECT pg_advisory_unlock(${LOCK})`).catch(() => undefined);
  }
};
