import type { Action } from 'keyturn';
import { requestProblem } from '../problems/problem';
import type { Serving } from './route';

const memberOf = (value: unknown, name: string): string | null => {
  if (typeof value !== 'object' || value === null) return null;
  const member: unknown = Object.entries(value).find(([each]) => each === name)?.[1];
  return typeof member === 'string' ? member : null;
};

const keyIn = (input: unknown): string | null => memberOf(input, 'keyId');
export const caseIn = (input: unknown): string | null => memberOf(input, 'caseId');

/** @throws ProblemError `step-up-required` */
export const askStepUp = async (
  { options, request, workspaceId }: Pick<Serving, 'options' | 'request' | 'workspaceId'>,
  action: Action,
  input: unknown,
): Promise<void> => {
  const act = { action, workspaceId, keyId: keyIn(input), caseId: caseIn(input) };
  // Whoever is not typed may give anything: only a plain yes is one.
  const answer: unknown = await options.stepUp(request, act);
  if (answer !== true) throw requestProblem('step-up-required');
};
