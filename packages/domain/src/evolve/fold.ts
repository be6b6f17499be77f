import type { DataOf, KeyringEventType } from '../events';
import type { Instant } from '../instant';
import type { Draft } from './draft';

/** Changes the draft by one event of a type, which happened at `time`. */
export type Fold<T extends KeyringEventType> = (draft: Draft, data: DataOf<T>, time: Instant) => void;
