import type { Permission } from '../../options';
import { requestProblem } from '../../problems/problem';
import type { Visit } from './page';

/** A page is for whoever may do what it is for; what it reads beside that, its visitor has to be permitted, too. */
export const need = ({ may }: Pick<Visit, 'may'>, permission: Permission): void => {
  if (!may(permission)) throw requestProblem('not-permitted');
};
