import { defaultDecider } from '@keyturn/domain';
import type { EventStore } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { makeCommandHandler } from '../commandHandler';
import type { Failure } from '../failure';
import { makeFrozenRows } from '../frozenRows';
import { makeKeyringRepository } from '../keyringRepository';
import { silent } from '../options';
import { makeRenewLog } from './renewLog';
import { makeWitnesses } from './witnesses';

/**
 * Has the log of every workspace go over to the vault's newest log key, for whoever rotates a master key that is in
 * wrong hands: nobody else is asked, and no vendor called. Run again, it goes on with the workspaces that are left.
 *
 * Faults: those of the first workspace whose log can't go over.
 */
export const makeLogRenewal = ({
  eventStore,
  vault,
}: {
  readonly eventStore: EventStore;
  readonly vault: Vault;
}): ((number: number) => TaskEither<Failure, void>) => {
  const witnesses = makeWitnesses(vault, silent);
  const guard = { seals: vault, witnesses };
  const repository = makeKeyringRepository({
    store: eventStore,
    decider: defaultDecider,
    guard,
    log: silent,
  });
  const handler = makeCommandHandler({
    repository,
    decider: defaultDecider,
    rows: makeFrozenRows(vault, witnesses, silent),
    memory: vault,
    witnesses,
    keyringBytesInMemory: 1,
    log: silent,
  });
  const renewLog = makeRenewLog({ clock: Date.now, handler, vault, witnesses });
  return (number) => async () => {
    const renewed = await renewLog(number)();
    await handler.settled();
    return E.isLeft(renewed) ? renewed : E.right(undefined);
  };
};
