import type { DataOf, KeyringEventType } from '../events';
import type { Instant } from '../instant';
import type { Draft } from './draft';
import type { Fold } from './fold';
import {
  defaultChanged,
  keyAddAbandoned,
  keyAdded,
  keyExpiryChanged,
  keyHardDeleted,
  keyRelabelled,
  keyRetired,
  keySecretDestroyed,
  keyValidated,
  keyValidationFailed,
} from './keyEvents';
import {
  keyKillChecked,
  keyLeakReportWithdrawn,
  keyReinstated,
  keyReportedLeaked,
  keyRevocationRecorded,
  keySuspended,
  leakCaseClosed,
  leakReviewed,
} from './leakEvents';
import { logKeyRenewed, logRestored } from './logEvents';
import { runKeyPinned, runKeyReleased, runKeyResumed } from './runEvents';
import { workspaceClosed } from './workspaceEvents';

/** Of an event that changes nothing that is decided by. */
const unchanged = (): void => undefined;

const folds: { readonly [T in KeyringEventType]: Fold<T> } = {
  KeyAdded: keyAdded,
  KeyRelabelled: keyRelabelled,
  KeyExpiryChanged: keyExpiryChanged,
  KeyAddAbandoned: keyAddAbandoned,
  KeyTestCallStarted: unchanged,
  KeyValidated: keyValidated,
  KeyValidationFailed: keyValidationFailed,
  KeyValidationInconclusive: unchanged,
  DefaultChanged: defaultChanged,
  KeyRetired: keyRetired,
  KeyHardDeleted: keyHardDeleted,
  KeyReportedLeaked: keyReportedLeaked,
  KeyLeakReportWithdrawn: keyLeakReportWithdrawn,
  KeySuspended: keySuspended,
  KeyReinstated: keyReinstated,
  KeyKillChecked: keyKillChecked,
  KeyRevocationRecorded: keyRevocationRecorded,
  LeakReviewed: leakReviewed,
  LeakCaseClosed: leakCaseClosed,
  KeySecretDestroyed: keySecretDestroyed,
  RunKeyPinned: runKeyPinned,
  RunKeyResumed: runKeyResumed,
  RunKeyReleased: runKeyReleased,
  LogKeyRenewed: logKeyRenewed,
  LogRestored: logRestored,
  EventsDisowned: unchanged,
  WorkspaceClosed: workspaceClosed,
};

/** Gives the event's data to the fold of its type. */
export const fold = <T extends KeyringEventType>(
  type: T,
  draft: Draft,
  data: DataOf<T>,
  time: Instant,
): void => {
  folds[type](draft, data, time);
};
