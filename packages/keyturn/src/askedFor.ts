import { quotable } from '@keyturn/domain';
import { faultError } from './errors';
import { misfitOf, type MembersOf } from './members';

const refuse = (message: string): never => {
  throw faultError('invalid-query', 'read-models', message);
};

/**
 * A query, each member read once. Types say what it may have, but plain JavaScript asks, too: what is passed over, or
 * compared with what it never is, answers "none" or "all" as if that had been asked.
 *
 * @param needed - what it can't be without
 * @throws KeyturnFault `invalid-query`
 */
export const askedFor = <Q extends object>(
  asked: Q,
  members: MembersOf<Q>,
  needed: ReadonlyArray<keyof Q & string> = [],
): Q => {
  const query = { ...asked };
  const misfit = misfitOf(query, members);
  if (misfit !== null) {
    const { name, rule } = misfit;
    refuse(
      rule === null
        ? `A query has no \`${quotable(name)}\` here: it takes ${Object.keys(members).join(', ')}.`
        : `\`${name}\` has to be ${rule}.`,
    );
  }
  const lacking = needed.find((name) => query[name] === undefined);
  if (lacking !== undefined) refuse(`\`${lacking}\` has to be ${members[lacking].rule}.`);
  return query;
};
