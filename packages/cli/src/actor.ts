import { userInfo } from 'node:os';
import { ACTOR_ID_RULE, isActorId, type Caller } from 'keyturn';
import { UsageError } from './problems';

const KINDS = ['user', 'service', 'support'] as const;

/** Reads where nobody was named. */
export const HOUSEKEEPER: Caller = { kind: 'service', id: 'keyturn-cli' };

const RULE = `user:ID, service:ID or support:ID, with an ID of ${ACTOR_ID_RULE}`;

/** Reads `--as kind:id`. `system` is Keyturn itself and nobody's to claim. @throws UsageError */
export const parseActor = (text: string): Caller => {
  const [, kindText, id] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  const kind = KINDS.find((known) => known === kindText);
  if (kind === undefined || id === undefined || !isActorId(id)) {
    throw new UsageError(`--as takes ${RULE}${kindText === 'system' ? '; system is Keyturn itself' : ''}.`);
  }
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

/**
 * Who is named by `--as`, with the login that said so: whoever may run the command is believed, and the log is to tell
 * who that was. Without it where that is the same, or where the login has no name.
 */
export const actorNamed = (named: Caller): Caller => {
  const login = loginName();
  if (login === null || (named.kind === 'user' && named.id === login)) return named;
  return { ...named, originRef: `login-${login.replace(notInReference, '_')}`.slice(0, 64) };
};

/** `user:` and the login name. @throws UsageError when there is none that can be an id */
export const actorOfLogin = (): Caller => {
  const id = loginName();
  if (id === null || !isActorId(id)) {
    throw new UsageError(
      `This login has no name that can stand in the log. Say who acts: --as takes ${RULE}.`,
    );
  }
  return { kind: 'user', id };
};
