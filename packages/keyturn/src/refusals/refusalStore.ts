import { ageing } from './ageing';
import { hoursIn } from './hours';
import { type RefusalLimits, USUAL_LIMITS } from './limits';
import { openRefusalFile } from './refusalFile';
import { refusalQueries, type RefusalQueries } from './refusalQueries';
import type { RefusedAttempt } from './refusedAttempt';

/** Attempts between two looks at what is too old, and the time at most, where few are refused. */
const LOOK_AFTER = 1_000;
const LOOK_AFTER_MS = 86_400_000;

/** A key whose lines an open case holds, from a time on. */
interface HeldKey {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly caseId: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** Refused attempts, beside the log: they are no events, and no rebuild empties this. */
export interface RefusalStore extends RefusalQueries {
  readonly add: (attempt: RefusedAttempt) => void;
  /** Lines of the key do not age while the case is open. */
  readonly hold: (held: HeldKey) => void;
  /** The case is closed, or says nothing of the key any more: lines age as others do. Null for all keys of the case. */
  readonly letGo: (held: Pick<HeldKey, 'workspaceId' | 'caseId'> & { readonly keyId: string | null }) => void;
  readonly close: () => void;
}

interface RefusalStoreOptions {
  readonly clock?: () => number;
  readonly limits?: RefusalLimits;
  /** To look alone: the file has to be there. */
  readonly readonly?: boolean;
}

/**
 * Opens the store in a file, and makes it when it is new. Several processes may use it at once.
 *
 * @throws SetupFault, and what SQLite and the file system say
 */
export const openRefusalStore = (
  file: string,
  { clock = Date.now, limits = USUAL_LIMITS, readonly = false }: RefusalStoreOptions = {},
): RefusalStore => {
  const database = openRefusalFile(file, { readonly });
  const hours = hoursIn(database, limits);
  const age = ageing(database, limits);
  const insert = database.prepare<
    readonly [
      number,
      string | null,
      string | null,
      string | null,
      string | null,
      string,
      string | null,
      string | null,
      string,
    ]
  >(
    `INSERT INTO refusals (at, workspace_id, actor_kind, actor_id, origin_ref, action, key_id, run_id, code)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const holdKey = database.prepare<[string, string, string, number]>(
    `INSERT INTO refusals_held (workspace_id, key_id, case_id, since) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET since = min(since, excluded.since)`,
  );
  const letKeyGo = database.prepare<[string, string, string | null]>(
    'DELETE FROM refusals_held WHERE workspace_id = ? AND case_id = ? AND key_id = coalesce(?, key_id)',
  );
  let added = 0;
  let lookedAt = 0;

  return {
    ...refusalQueries(database),
    add: (attempt) => {
      const { at, workspaceId, actorKind, actorId, originRef, action, keyId, runId, code } = attempt;
      database.transaction('immediate', () => {
        if (!hours.count(attempt)) return;
        insert.run(at, workspaceId, actorKind, actorId, originRef, action, keyId, runId, code);
      });
      const now = clock();
      if (added % LOOK_AFTER === 0 || now - lookedAt >= LOOK_AFTER_MS) {
        age(now);
        lookedAt = now;
      }
      added += 1;
    },
    hold: ({ workspaceId, keyId, caseId, since }) => {
      holdKey.run(workspaceId, keyId, caseId, since);
    },
    letGo: ({ workspaceId, keyId, caseId }) => {
      letKeyGo.run(workspaceId, caseId, keyId);
    },
    close: () => {
      database.close();
    },
  };
};
