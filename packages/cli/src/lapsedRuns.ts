import { isKeyturnError, type Keyturn, type KeyturnRefusal } from 'keyturn';
import { HOUSEKEEPER } from './actor';

const refusalIn = (error: unknown): KeyturnRefusal => {
  if (isKeyturnError(error) && error.kind === 'refusal') return error;
  throw error;
};

/**
 * Ends runs whose lease ran out, before a command whose outcome depends on who holds which key. Gives what a person
 * should know of it. A clock that departs from the store's is no reason to refuse the command itself.
 */
export const endLapsedRuns = async (
  { runs }: Keyturn,
  workspaceId: string,
): Promise<ReadonlyArray<string>> => {
  try {
    const { released, destructions } = await runs.expire({ workspaceId, actor: HOUSEKEEPER }, undefined);
    if (released.length === 0) return [];
    return [
      `The lease of ${released.join(', ')} had run out, so it was ended.`,
      ...destructions.map(
        ({ keyId, state }) => `Key ${keyId} only waited for that, and is deleted (destruction ${state}).`,
      ),
    ];
  } catch (error) {
    return [`Runs whose lease ran out were not ended: ${refusalIn(error).message}`];
  }
};

/** Starts a run; where too many are open, again after those are ended whose lease ran out. */
export const withRoomForRun = async <A>(
  keyturn: Keyturn,
  workspaceId: string,
  start: () => Promise<A>,
): Promise<{ readonly started: A; readonly notes: ReadonlyArray<string> }> => {
  try {
    return { started: await start(), notes: [] };
  } catch (error) {
    if (refusalIn(error).code !== 'too-many-open-runs') throw error;
    const notes = await endLapsedRuns(keyturn, workspaceId);
    return { started: await start(), notes };
  }
};
