import {
  isOnFile,
  isReported,
  listedKeys,
  type EnvelopedEvent,
  type KeyId,
  type Keyring,
} from '@keyturn/domain';
import { leakViolations } from './leakViolations';
import type { Violation } from './violation';

const defaultsOf = (keyring: Keyring): ReadonlyArray<readonly [string, KeyId]> => [
  ...(keyring.workspaceDefault === null ? [] : [['workspace', keyring.workspaceDefault] as const]),
  ...keyring.projectDefaults,
];

/** What is wrong with a state, as it stands between two commands. */
export const stateViolations = (keyring: Keyring): ReadonlyArray<Violation> => {
  const found: Violation[] = [];
  const broken = (invariant: number, what: string) => found.push({ invariant, what });
  const onFile = listedKeys(keyring).filter(isOnFile);

  if (onFile.length > 0 !== (keyring.workspaceDefault !== null)) {
    broken(1, `${onFile.length} on file, Default ${keyring.workspaceDefault ?? 'none'}`);
  }
  for (const [scope, keyId] of defaultsOf(keyring)) {
    const key = keyring.keys.get(keyId);
    if (key === undefined || !isOnFile(key))
      broken(2, `${scope}: Default ${keyId} is ${key?.status ?? 'unknown'}`);
  }
  const held = new Map<KeyId, number>();
  for (const pin of keyring.openPins.values()) {
    held.set(pin.keyId, (held.get(pin.keyId) ?? 0) + 1);
    const key = keyring.keys.get(pin.keyId);
    if (key === undefined) broken(5, `run ${pin.runId} is pinned to unknown ${pin.keyId}`);
    if (pin.interrupted !== (key?.status === 'hard-deleted')) {
      broken(4, `run ${pin.runId} interrupted: ${pin.interrupted}, key ${key?.status ?? 'unknown'}`);
    }
  }
  for (const key of keyring.keys.values()) {
    const runs = held.get(key.keyId) ?? 0;
    if (runs !== key.openRuns) broken(4, `${key.keyId} counts ${key.openRuns} open runs, ${runs} are`);
    if (key.status === 'retired' && runs === 0) broken(7, `${key.keyId} is retired without a run`);
    if (keyring.listedKeyIds.has(key.keyId) !== (key.status !== 'hard-deleted')) {
      broken(6, `${key.keyId} is ${key.status}, listed: ${keyring.listedKeyIds.has(key.keyId)}`);
    }
    if (key.suspended && !isReported(keyring.leaks.get(key.keyId) ?? { cases: [], remembered: [] })) {
      broken(14, `${key.keyId} is suspended, and nobody says that it leaked`);
    }
    if (key.destroyed && key.status !== 'hard-deleted')
      broken(6, `${key.keyId} is destroyed and ${key.status}`);
  }
  return found;
};

/** What is wrong with the way from one state to the next. */
export const stepViolations = (
  before: Keyring,
  events: ReadonlyArray<EnvelopedEvent>,
  after: Keyring,
): ReadonlyArray<Violation> => {
  const found: Violation[] = [];
  const broken = (invariant: number, what: string) => found.push({ invariant, what });

  const moved = new Map(defaultsOf(before));
  for (const { event } of events) {
    if (event.type === 'DefaultChanged') {
      const scope = event.data.scope.kind === 'workspace' ? 'workspace' : event.data.scope.projectId;
      if ((moved.get(scope) ?? null) !== event.data.previousKeyId) {
        broken(3, `${scope}: moved from ${event.data.previousKeyId ?? 'none'}, which it was not`);
      }
      if (event.data.keyId === null) moved.delete(scope);
      else moved.set(scope, event.data.keyId);
    }
    if (event.type === 'KeyAdded' && before.leakedFingerprints.has(event.data.fingerprint)) {
      broken(8, `${event.data.keyId} came back`);
    }
    if (event.type === 'RunKeyPinned' && before.keys.get(event.data.keyId)?.status !== 'active') {
      broken(5, `${event.data.runId} is pinned to ${event.data.keyId}, which is not active`);
    }
    if (before.closed !== null && BEGINNINGS.has(event.type)) {
      broken(13, `${event.type} in a workspace that was closed`);
    }
    const gone =
      'keyId' in event.data && event.data.keyId !== null ? before.keys.get(event.data.keyId) : undefined;
    if (gone?.status === 'hard-deleted' && !AFTER_DELETION.has(event.type)) {
      broken(6, `${event.type} names ${gone.keyId}, which is gone`);
    }
  }
  const defaults = new Map(defaultsOf(after));
  for (const scope of new Set([...moved.keys(), ...defaults.keys()])) {
    if (moved.get(scope) !== defaults.get(scope)) broken(3, `${scope}: its Default moved without an event`);
  }
  for (const [runId, pin] of before.openPins) {
    const now = after.openPins.get(runId);
    if (now !== undefined && now.keyId !== pin.keyId) broken(4, `${runId} moved to ${now.keyId}`);
    const released = events.some(
      ({ event }) => event.type === 'RunKeyReleased' && event.data.runId === runId,
    );
    if ((now === undefined) !== released)
      broken(4, `${runId} open: ${now !== undefined}, released: ${released}`);
  }
  for (const [keyId, key] of before.keys) {
    const now = after.keys.get(keyId)?.status;
    if (key.status === 'hard-deleted' && now !== 'hard-deleted')
      broken(6, `${keyId} rose again as ${now ?? 'none'}`);
    if (key.status === 'retired' && now !== 'retired' && now !== 'hard-deleted') {
      broken(7, `${keyId} went from retired to ${now ?? 'none'}`);
    }
    if (key.status === 'retired' && now === 'hard-deleted') {
      const drained = events.some(
        ({ event }) =>
          event.type === 'KeyHardDeleted' && event.data.keyId === keyId && event.data.cause === 'drained',
      );
      const emergency = events.some(
        ({ event }) =>
          event.type === 'KeyHardDeleted' &&
          event.data.keyId === keyId &&
          (event.data.cause === 'emergency' || event.data.cause === 'workspace-closed'),
      );
      if (drained === emergency || (drained && after.keys.get(keyId)?.openRuns !== 0)) {
        broken(7, `${keyId} went while runs hold it, or without a cause`);
      }
    }
  }
  for (const fingerprint of before.leakedFingerprints) {
    if (after.leakedFingerprints.has(fingerprint)) continue;
    const withdrawn = events.some(({ event }) => {
      if (event.type !== 'KeyLeakReportWithdrawn') return false;
      const key = before.keys.get(event.data.keyId);
      return key !== undefined && key.status !== 'hard-deleted';
    });
    if (!withdrawn) broken(8, `${fingerprint} was forgotten`);
  }
  return [...found, ...leakViolations(before, events)];
};

const AFTER_DELETION: ReadonlySet<string> = new Set([
  'KeySecretDestroyed',
  'RunKeyReleased',
  'KeyReportedLeaked',
  'KeyKillChecked',
  'KeyRevocationRecorded',
  'LeakReviewed',
  'LeakCaseClosed',
]);

/** What gives a secret to the vault, to a run or to a vendor. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  'KeyAdded',
  'KeyTestCallStarted',
  'RunKeyPinned',
  'RunKeyResumed',
]);
