import { StoreFault, type EventStore } from '@keyturn/event-store';
import { VaultFault, type Vault } from '@keyturn/vault';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { Fault } from './fault';

type StoreCase = Extract<Fault, { readonly kind: 'store' }>;

/** What is to happen to the next calls of a store; nothing when empty. */
export interface Breakage {
  store: StoreCase | null;
  /** Run at each point of a release, if it is set. */
  at: ((point: 'before-append' | 'after-append' | 'before-read' | 'after-read') => Promise<void>) | null;
  /** Shreds of this service can't be made now. */
  shredsLater: boolean;
  /** Nor can the vault be told how far the log has come. */
  witnessesLater: boolean;
}

const away = TE.left(new StoreFault('unavailable', 'The store is away: a trust check has it so.'));
const unknown = TE.left(new StoreFault('outcome-unknown', 'No answer came: a trust check has it so.'));

/** The store with faults that may be set and taken back at any time. */
export const brokenStore = (store: EventStore, breakage: Breakage): EventStore => {
  const due = (...hows: ReadonlyArray<StoreCase['how']>): StoreCase['how'] | null => {
    const { store: set } = breakage;
    if (set === null || !hows.includes(set.how)) return null;
    if (set.once) breakage.store = null;
    return set.how;
  };
  return {
    ...store,
    append:
      (...args) =>
      async () => {
        await breakage.at?.('before-append');
        const how = due('appends-away', 'unknown-before-commit', 'unknown-after-commit');
        if (how === 'appends-away') return away();
        if (how === 'unknown-before-commit') return unknown();
        const appended = await store.append(...args)();
        if (E.isLeft(appended)) return appended;
        await breakage.at?.('after-append');
        return how === null ? appended : unknown();
      },
    readStream:
      (...args) =>
      async () => {
        await breakage.at?.('before-read');
        if (due('reads-away') !== null) return away();
        const read = await store.readStream(...args)();
        await breakage.at?.('after-read');
        return read;
      },
    loadSnapshot: (stream) => async () =>
      due('reads-away') === null ? store.loadSnapshot(stream)() : away(),
  };
};

const busy = TE.left(new VaultFault('unavailable', 'The files are busy: a trust check has it so.'));

/** The vault, whose files may be busy when it is to be written: a command sent again would see to it later. */
export const brokenVault = (vault: Vault, breakage: Breakage): Vault => ({
  ...vault,
  shredTogether: (groups) => () => (breakage.shredsLater ? busy : vault.shredTogether(groups))(),
  keepWitnesses: (heads) => () => (breakage.witnessesLater ? busy : vault.keepWitnesses(heads))(),
});
