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
