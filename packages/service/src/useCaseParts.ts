import type { Decider } from '@keyturn/domain';
import type { Vault } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendors';
import type { Authorize } from './authorization';
import type { CommandHandler } from './commandHandler';
import type { DeletionHandler } from './deletionHandler';
import type { DestructionOf } from './destroy';
import type { KeyringRepository } from './keyringRepository';
import type { ServiceLog } from './options';
import type { Witness } from './pairing';
import type { RateLimit } from './rateLimit';
import type { Release } from './release';
import type { ShredTogether } from './shredTogether';
import type { TestKey } from './testKey';

/** What each use case works with. */
export interface UseCaseParts {
  readonly handler: CommandHandler;
  readonly repository: KeyringRepository;
  readonly decider: Decider;
  readonly destructionOf: DestructionOf;
  readonly shredTogether: ShredTogether;
  readonly handleDeletion: DeletionHandler;
  readonly release: Release;
  readonly vault: Vault;
  readonly prober: Prober;
  readonly authorize: Authorize;
  readonly clock: () => number;
  readonly log: ServiceLog;
  readonly rateLimit: RateLimit;
  /** Of the sweep's own test calls, which leave the callers' alone. */
  readonly sweepRateLimit: RateLimit;
  readonly testKey: TestKey;
  readonly witness: Witness;
}
