import type { Catalogue } from '@keyturn/domain';
import type { ServiceLog } from '@keyturn/service';
import type { Audit, History } from './audit';
import type { PlaceOptions } from './deployment/place';
import type { Keys } from './keys';
import type { Authorize } from './keyturn';
import type { Projections } from './projections';
import type { Runs } from './runs';
import type { OwnVendorTables } from './testCalls';
import type { Vendors } from './vendors';
import type { Contacts } from './whoseFault';
import type { Workspaces } from './workspaces';

/** How a reader is opened. */
export interface KeyturnReaderOptions extends PlaceOptions, OwnVendorTables, Contacts {
  readonly authorize: Authorize;
  readonly log?: ServiceLog;
  /** The words of lists and audit log; English when left out. */
  readonly words?: Catalogue;
  /** Days after which a key is due for rotation; 90 when left out. */
  readonly rotateAfterDays?: number;
  /**
   * Whether the reader brings this machine's read models up to date before each answer. True when left out. With false
   * it writes nothing, and sees what the serving process has projected: for a user who may only read those files.
   */
  readonly project?: boolean;
}

/** Lists, audit log and history. There are no acts in it, and nothing of the vault is opened. */
export interface KeyturnReader {
  readonly keys: Pick<Keys, 'list' | 'due' | 'checked' | 'find' | 'resolve'>;
  readonly runs: Pick<Runs, 'list'>;
  readonly workspaces: Pick<Workspaces, 'list' | 'get' | 'nearest'>;
  readonly vendors: Pick<Vendors, 'troubles'>;
  readonly audit: Audit;
  readonly history: History;
  readonly projections: Projections;
  readonly close: () => Promise<void>;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}
