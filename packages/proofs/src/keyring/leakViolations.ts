import { isOnFile, listedKeys, type EnvelopedEvent, type KeyId, type Keyring } from '@keyturn/domain';
import type { Violation } from './violation';

/** The key that an event gives a secret of, if it gives one to anything but a kill check. */
const servedBy = ({ event }: EnvelopedEvent): KeyId | null => {
  if (event.type === 'RunKeyPinned') return event.data.keyId;
  if (event.type === 'RunKeyResumed') return event.data.renewal === true ? null : event.data.keyId;
  if (event.type === 'KeyTestCallStarted' && event.data.purpose !== 'kill-check') return event.data.keyId;
  return null;
};

const isSound = (keyring: Keyring, keyId: KeyId): boolean => {
  const key = keyring.keys.get(keyId);
  return key !== undefined && !keyring.leakedFingerprints.has(key.fingerprint);
};

/** Keys that are on file before and after, but for one that leaves. */
const others = (before: Keyring, events: ReadonlyArray<EnvelopedEvent>): ReadonlyArray<KeyId> => {
  const leaving = new Set(
    events.flatMap(({ event }) =>
      event.type === 'KeyHardDeleted' || event.type === 'KeyRetired' ? [event.data.keyId] : [],
    ),
  );
  return listedKeys(before).flatMap((key) => (isOnFile(key) && !leaving.has(key.keyId) ? [key.keyId] : []));
};

/** What is wrong with how leaked keys are dealt with on the way from one state to the next. */
export const leakViolations = (
  before: Keyring,
  events: ReadonlyArray<EnvelopedEvent>,
): ReadonlyArray<Violation> => {
  const found: Violation[] = [];
  const broken = (invariant: number, what: string) => found.push({ invariant, what });
  for (const enveloped of events) {
    const { event, envelope } = enveloped;
    const served = servedBy(enveloped);
    if (served !== null && before.keys.get(served)?.suspended === true) {
      broken(14, `${event.type} gives away the secret of ${served}, which is suspended`);
    }
    const becomes = event.type === 'DefaultChanged' ? event.data.keyId : null;
    if (becomes !== null && before.keys.has(becomes) && !isSound(before, becomes)) {
      const sound = others(before, events).filter((keyId) => isSound(before, keyId));
      if (sound.length > 0)
        broken(15, `${becomes} is reported, and becomes Default beside ${sound.join(', ')}`);
    }
    if ('caseId' in event.data && event.data.caseId !== null && envelope.caseId === undefined) {
      broken(17, `${event.type} names a case that its envelope does not`);
    }
  }
  const cases = new Set(events.map(({ envelope }) => envelope.caseId));
  if (cases.size > 1) broken(17, 'the events of one command are of several cases');
  return found;
};
