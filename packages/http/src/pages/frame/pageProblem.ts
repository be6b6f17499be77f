import { ProblemError, type Problem } from '../../problems/problem';
import { PAGE_PROBLEMS, type PageProblemCode } from '../words/problems';

/** What is wrong with a form, that the API knows nothing of. `more`: what is known of this very one, in a sentence. */
export const pageProblem = (code: PageProblemCode, more = ''): ProblemError => {
  const { status, title, detail } = PAGE_PROBLEMS[code];
  const whole = more === '' ? detail : `${detail} ${more}`;
  const problem: Problem = { type: code, title, status, detail: whole, retryable: false };
  return new ProblemError(problem);
};
