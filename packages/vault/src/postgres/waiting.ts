import { setTimeout as pause } from 'node:timers/promises';
import * as t from 'io-ts';
import { decodeOnlyRow } from '../rows';
import { Obstacle } from './obstacle';
import type { Session } from './session';

const BETWEEN_MS = 50;

const LockTimeoutRow = t.type({ ms: t.number });

/** How long a session waits for others, as it was opened with. */
export const patienceOf = async (session: Session): Promise<number> => {
  const { rows } = await session.query(
    "SELECT setting::integer AS ms FROM pg_settings WHERE name = 'lock_timeout'",
  );
  return decodeOnlyRow(LockTimeoutRow, rows, 'pg_settings').ms;
};

/** Looks again and again until nothing is in the way, at least once; what is then still in the way is thrown. */
export const untilFree = async (patienceMs: number, look: () => Promise<string | null>): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const inTheWay = await look();
    if (inTheWay === null) return;
    if (Date.now() >= deadline) throw new Obstacle(inTheWay);
    await pause(BETWEEN_MS);
  }
};
