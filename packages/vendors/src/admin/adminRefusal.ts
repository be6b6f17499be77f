import type { AdminAnswer } from './adminSession';
import type { AdminRefusal } from './vendorAdmin';

/** A call without success, as what an operation ends with. A list or a place that is not there is not to be seen. */
export const refusalOf = (answer: Exclude<AdminAnswer, { kind: 'success' }>): AdminRefusal => {
  if (answer.kind === 'unavailable') return answer;
  switch (answer.meaning) {
    case 'admin-credential-refused':
      return { kind: 'admin-credential-refused' };
    case 'not-permitted':
    case 'not-found':
      return { kind: 'not-permitted' };
    case 'not-revocable':
      return { kind: 'unavailable', reason: 'unrecognised-answer' };
  }
};
