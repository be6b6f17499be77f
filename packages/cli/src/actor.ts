import { userInfo } from 'node:os';
import { ActorId } from '@keyturn/domain';
import { UsageError } from './problems';

const KINDS = ['user', 'service', 'support'] as const;

/** Who acts, as `--as` says. `system` is Keyturn itself and nobody's to claim. */
export interface CliActor {
  readonly kind: (typeof KINDS)[number];
  readonly id: string;
}

/** Ends lapsed runs before a command looks at them. */
export const HOUSEKEEPER: CliActor = { kind: 'service', id: 'keyturn-cli' };

const RULE =
  'user:ID, service:ID or support:ID, with an ID of 1 to 64 of the characters A-Z a-z 0-9 _ . @ + -';

/** Reads `--as kind:id`. @throws UsageError */
export const parseActor = (text: string): CliActor => {
  const [, kindText, id] = /^([a-z]+):(.*)$/s.exec(text) ?? [];
  const kind = KINDS.find((known) => known === kindText);
  if (kind === undefined || id === undefined || !ActorId.is(id)) {
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
export const actorOfLogin = (): CliActor => {
  const id = loginName();
  if (id === null || !ActorId.is(id)) {
    throw new UsageError(
      `This login has no name that can stand in the log. Say who acts: --as takes ${RULE}.`,
    );
  }
  return { kind: 'user', id };
};
