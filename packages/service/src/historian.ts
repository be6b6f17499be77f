import { defaultDecider, english, makeDecider } from '@keyturn/domain';
import { makeHistory, type History } from './history';
import { makeKeyringRepository } from './keyringRepository';
import { silent, type KeyturnOptions } from './options';

/** What history alone stands on. */
export type HistorianOptions = Pick<KeyturnOptions, 'authorize' | 'eventStore' | 'log' | 'policy' | 'words'>;

/** Tells what was, and changes nothing. */
export interface Historian {
  readonly history: History;
}

/**
 * History without a vault: whoever has no master key can read it. The hook is asked as by {@link makeKeyturn}.
 *
 * @example
 * const { history } = makeHistorian({ eventStore, authorize });
 * const then = await history({ workspaceId: 'acme', actor: { kind: 'user', id: 'ada' } }, { at })();
 */
export const makeHistorian = ({
  authorize,
  eventStore,
  log,
  policy,
  words = english,
}: HistorianOptions): Historian => {
  const decider = policy === undefined ? defaultDecider : makeDecider(policy);
  const repository = makeKeyringRepository({ store: eventStore, decider, guard: null, log: log ?? silent });
  return {
    history: makeHistory({ authorize, clock: Date.now, decider, log: log ?? silent, repository, words }),
  };
};
