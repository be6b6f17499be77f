import { StoreFault, type EventStore } from '@keyturn/event-store';
import type { Keyturn } from '@keyturn/service';
import { VaultFault, type Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { coldService } from '../forgery/world';

/** A service, over a store and a vault that are not there any more once it is killed. */
export interface Instance {
  readonly keyturn: Keyturn;
  readonly kill: () => void;
}

/**
 * Stands before and behind each write of a service: there a copy can be taken, or the service killed, with exactly so
 * much written as a real one may have.
 */
export const instanceOn = (store: EventStore, vault: Vault, atWrite: () => Promise<void>): Instance => {
  let killed = false;
  const isKilled = (): boolean => killed;
  const around =
    <F, A>(gone: F, write: TaskEither<F, A>): TaskEither<F, A> =>
    async () => {
      await atWrite();
      if (isKilled()) return E.left(gone);
      const written = await write();
      await atWrite();
      return isKilled() ? E.left(gone) : written;
    };
  const lost = new StoreFault('outcome-unknown', 'The process was killed: a trust check has it so.');
  const away = new VaultFault('unavailable', 'The process was killed: a trust check has it so.');
  const ofVault = <A>(write: TaskEither<VaultFault, A>): TaskEither<VaultFault, A> => around(away, write);
  return {
    keyturn: coldService({
      eventStore: {
        ...store,
        append: (stream, expected, events) => around(lost, store.append(stream, expected, events)),
      },
      vault: {
        ...vault,
        seal: (binding, secret) => ofVault(vault.seal(binding, secret)),
        freeze: (ref) => ofVault(vault.freeze(ref)),
        unfreeze: (ref, upTo) => ofVault(vault.unfreeze(ref, upTo)),
        markNamed: (ref) => ofVault(vault.markNamed(ref)),
        keepRemovals: (workspaceId, removals) => ofVault(vault.keepRemovals(workspaceId, removals)),
        keepWitnesses: (heads) => ofVault(vault.keepWitnesses(heads)),
        shredTogether: (groups) => ofVault(vault.shredTogether(groups)),
      },
    }),
    kill: () => {
      killed = true;
    },
  };
};
