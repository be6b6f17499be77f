import { hostname, userInfo } from 'node:os';
import { ACTOR_ID_RULE, isActorId, looksLikeVendorKey, type Caller } from 'keyturn';
import { UsageError } from './problems';

const KINDS = ['user', 'service', 'support'] as const;

/** Reads where nobody was named. */
export const HOUSEKEEPER: Caller = { kind: 'service', id: 'keyturn-cli' };

const RULE = `user:ID, service:ID or support:ID, with an ID of ${ACTOR_ID_RULE}`;

/** Reads `kind:id`, as `from` had it. `system` is Keyturn itself and nobody's to claim. @throws UsageError */
export const parseActor = (text: string, from: string): Caller => {
  const [, kindText, id] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  const kind = KINDS.find((known) => known === kindText);
  if (kind === undefined || id === undefined || !isActorId(id)) {
    throw new UsageError(
      `${from} takes ${RULE}${kindText === 'system' ? '; system is Keyturn itself' : ''}.`,
    );
  }
  if (looksLikeVendorKey(id))
    throw new UsageError(`${from} looks like a key, and is not repeated here. Say who acts.`);
  return { kind, id };
};

const loginName = (): string | null => {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
};

/** What an `originRef` takes. */
const notInReference = /[^A-Za-z0-9_-]/g;

const MOST_OF_LOGIN = 24;
const MOST_OF_HOST = 28;

const cut = (text: string, most: number): string => text.replace(notInReference, '_').slice(0, most);

/** Who is logged in, and where: whoever may run the command is believed, and the log is to tell who that was. */
const withOrigin = (actor: Caller, login: string | null): Caller => ({
  ...actor,
  originRef: `login-${cut(login ?? 'none', MOST_OF_LOGIN)}_host-${cut(hostname(), MOST_OF_HOST)}`,
});

/** Who was named, with the login that said so. */
export const actorNamed = (named: Caller): Caller => withOrigin(named, loginName());

/** `user:` and the login name. @throws UsageError when there is none that can be an id */
export const actorOfLogin = (): Caller => {
  const id = loginName();
  if (id === null || !isActorId(id)) {
    throw new UsageError(
      `This login has no name that can stand in the log. Say who acts: --as takes ${RULE}.`,
    );
  }
  return withOrigin({ kind: 'user', id }, id);
};
