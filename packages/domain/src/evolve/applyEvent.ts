import type { EnvelopedEvent } from '../envelope';
import type { Draft } from './draft';
import {
  defaultChanged,
  keyAdded,
  keyHardDeleted,
  keyReportedLeaked,
  keyRetired,
  keySecretDestroyed,
  keyValidated,
  keyValidationFailed,
} from './keyEvents';
import { runKeyPinned, runKeyReleased, runKeyResumed } from './runEvents';

/**
 * Folds one event in. Total: an event that deciding would never give here (of a key never added, say) changes what it
 * sensibly can and nothing else.
 */
export const applyEvent = (draft: Draft, { event, envelope }: EnvelopedEvent): void => {
  draft.enter(envelope);
  switch (event.type) {
    case 'KeyAdded':
      keyAdded(draft, event.data, envelope.time);
      return;
    case 'KeyAddAbandoned':
      draft.abandon(event.data.keyId);
      return;
    case 'KeyTestCallStarted':
    case 'KeyValidationInconclusive':
      return;
    case 'KeyValidated':
      keyValidated(draft, event.data, envelope.time);
      return;
    case 'KeyValidationFailed':
      keyValidationFailed(draft, event.data, envelope.time);
      return;
    case 'DefaultChanged':
      defaultChanged(draft, event.data);
      return;
    case 'KeyRetired':
      keyRetired(draft, event.data);
      return;
    case 'KeyHardDeleted':
      keyHardDeleted(draft, event.data);
      return;
    case 'KeyReportedLeaked':
      keyReportedLeaked(draft, event.data);
      return;
    case 'KeySecretDestroyed':
      keySecretDestroyed(draft, event.data);
      return;
    case 'RunKeyPinned':
      runKeyPinned(draft, event.data, envelope.time);
      return;
    case 'RunKeyResumed':
      runKeyResumed(draft, event.data);
      return;
    case 'RunKeyReleased':
      runKeyReleased(draft, event.data, envelope.time);
      return;
  }
};
