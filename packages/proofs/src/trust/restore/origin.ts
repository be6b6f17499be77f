import type { EventStore } from '@keyturn/event-store';
import type { Vault } from '@keyturn/vault';
import type { KeyturnOptions } from 'keyturn';
import type { StoredEvent, VaultOf } from './facts';

/** What the door is told of where a deployment lies. */
export type Where = Pick<KeyturnOptions, 'directory' | 'eventStore' | 'vault' | 'masterKey'>;

/** Part of a deployment, in the data directory or on a server beside it. */
interface PartPutBack {
  /** What the door has to know of it. */
  readonly option: Partial<Pick<KeyturnOptions, 'eventStore' | 'vault'>>;
  readonly close: () => Promise<void>;
}

interface Part<Facts, Back extends PartPutBack> extends PartPutBack {
  /** Saves into the directory of a copy what `keyturn backup` leaves to its server; null where there is none. */
  readonly save: ((copy: string) => Promise<void>) | null;
  /** What a copy has of it, past the product. */
  readonly factsIn: (copy: string) => Promise<Facts>;
  /** Puts a copy's back on a server, where it has one. */
  readonly putBack: (copy: string) => Promise<Back>;
}

interface VaultPutBack extends PartPutBack {
  /** What it has now, past the product; `data` is the data directory. Nothing has it open. */
  readonly facts: (data: string) => Promise<VaultOf>;
}

export interface EventsPart extends Part<ReadonlyArray<StoredEvent>, PartPutBack> {
  readonly open: (data: string) => Promise<EventStore>;
}

export interface VaultPart extends Part<VaultOf, VaultPutBack> {
  readonly open: (data: string, masterKey: string) => Promise<Vault>;
}

/** A way for a deployment to lie. */
export interface Parts {
  readonly newEvents: () => Promise<EventsPart>;
  readonly newVault: () => Promise<VaultPart>;
}
