import type { AppendAnswer, AppendRequest } from './appends';
import { troubleOf, type Connection } from './connection';

const answerOfError = (error: Error): AppendAnswer => {
  const { kind } = troubleOf(error);
  switch (kind) {
    case 'not-leader':
    case 'turned-away':
      return { kind: 'turned-away', error };
    case 'broken-off':
    case 'unforeseen':
      return { kind: 'unknown' };
    case 'timed-out':
    case 'unsendable':
    case 'access-denied':
    case 'stream-deleted':
    case 'too-large':
    case 'invalid':
      return { kind };
  }
};

/** Sends an append as a call of its own: for servers that take no batches. */
export const sendSingle = async (
  connection: Connection,
  request: AppendRequest,
  deadlineMs: number,
): Promise<AppendAnswer> => {
  try {
    return await connection.appendOnce(request, deadlineMs);
  } catch (error) {
    return answerOfError(error instanceof Error ? error : new Error('unknown'));
  }
};
