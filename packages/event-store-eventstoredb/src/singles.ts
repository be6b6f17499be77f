import { answerOfSingle, singleMessages, type AppendAnswer, type AppendRequest } from './appendMessages';
import type { Connection } from './connection';
import { troubleOf } from './storeFaults';

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
    const answer = await connection.appendOnce(singleMessages(request), deadlineMs);
    return answerOfSingle(answer);
  } catch (error) {
    return answerOfError(error instanceof Error ? error : new Error('unknown'));
  }
};
