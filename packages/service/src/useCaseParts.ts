import type { Decider } from '@keyturn/domain';
import type { Vault } from '@keyturn/vault';
import type { Prober } from '@keyturn/vendor-probes';
import type { Authorize } from './authorization';
import type { CommandHandler } from './commandHandler';
import type { DeletionHandler } from './destruction';
import type { KeyringRepository } from './keyringRepository';
import type { ServiceLog } from './options';
import type { RateLimit } from './rateLimit';
import type { Release } from './release';

/** What each use case works with. */
export interface UseCaseParts {
  readonly handler: CommandHandler;
  readonly repository: KeyringRepository;
  readonly decider: Decider;
  readonly handleDeletion: DeletionHandler;
  readonly release: Release;
  readonly vault: Vault;
  readonly prober: Prober;
  readonly authorize: Authorize;
  readonly clock: () => number;
  readonly log: ServiceLog;
  readonly rateLimit: RateLimit;
}
