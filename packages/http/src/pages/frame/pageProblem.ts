import { ProblemError, type Problem } from '../../problems/problem';
import { PAGE_PROBLEMS, type PageProblemCode } from '../words/problems';

/** What is wrong with a form, that the API knows nothing of. */
export const pageProblem = (code: PageProblemCode): ProblemError => {
  const { status, title, detail } = PAGE_PROBLEMS[code];
  const problem: Problem = { type: code, title, status, detail, retryable: false };
  return new ProblemError(problem);
};
