import { HOUSEKEEPER } from './actor';
import { refusalIn } from './output/failures';
import type { Session } from './session';

/**
 * Ends runs whose lease ran out, before a command looks at who holds which key. Returns what a person should know of it.
 * A clock that departs from the store's is no reason to refuse the command itself.
 */
export const endLapsedRuns = async (
  session: Session,
  workspaceId: string,
): Promise<ReadonlyArray<string>> => {
  const keyturn = await session.keyturn();
  const notes: string[] = [];
  try {
    for (;;) {
      const { released, destructions } = await keyturn.expireRuns({ workspaceId, actor: HOUSEKEEPER });
      if (released.length === 0) return notes;
      notes.push(`The lease of ${released.join(', ')} had run out, so it was ended.`);
      for (const { keyId, state } of destructions) {
        notes.push(`Key ${keyId} only waited for that, and is deleted (destruction ${state}).`);
      }
    }
  } catch (error) {
    const refusal = refusalIn(error);
    if (refusal === null) throw error;
    return [...notes, `Runs whose lease ran out were not ended: ${refusal.message}`];
  }
};
