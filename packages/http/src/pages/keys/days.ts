import { pageProblem } from '../frame/pageProblem';

/** A day as a form has it, in UTC; null for none. @throws ProblemError `bad-date` */
export const dayOf = (text: string): number | null => {
  if (text.trim() === '') return null;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? Date.parse(`${text.trim()}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at)) throw pageProblem('bad-date');
  return at;
};
