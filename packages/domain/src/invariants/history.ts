import { defaultDecider } from '../decider';
import type { EnvelopedEvent } from '../envelope';
import type { KeyringEvent } from '../events';
import type { KeyId, RunId } from '../ids';
import { isOnFile } from '../state/keyEntry';
import type { Keyring } from '../state/keyring';

/** What a hard-deleted key may still be named by. */
const AFTER_HARD_DELETE = new Set([
  'KeySecretDestroyed',
  'KeyReportedLeaked',
  'KeyKillChecked',
  'KeyRevocationRecorded',
  'LeakReviewed',
  'LeakCaseClosed',
  'RunKeyReleased',
]);

/** What gives a secret to the vault, to a run or to a vendor. */
const BEGINNINGS = new Set(['KeyAdded', 'KeyTestCallStarted', 'RunKeyPinned', 'RunKeyResumed']);

/** Whether it gives a secret to anything but a kill check. */
const isServed = ({ type, data }: KeyringEvent): boolean =>
  type === 'RunKeyPinned' ||
  (type === 'RunKeyResumed' && data.renewal !== true) ||
  (type === 'KeyTestCallStarted' && data.purpose !== 'kill-check');

const brokenByState = (keyring: Keyring): ReadonlyArray<string> => {
  const keys = [...keyring.keys.values()];
  const onFile = (keyId: KeyId | null): boolean => keys.some((key) => key.keyId === keyId && isOnFile(key));
  return [
    ...(keys.some(isOnFile) === onFile(keyring.workspaceDefault)
      ? []
      : ['1: one Default while keys are on file']),
    ...([...keyring.projectDefaults.values()].every(onFile) ? [] : ['2: project Defaults are on file']),
    ...(keys.some((key) => key.status === 'retired' && key.openRuns === 0)
      ? ['7: a retired key goes with its last run']
      : []),
  ];
};

const sameDefaults = (a: Keyring, b: Keyring): boolean =>
  a.workspaceDefault === b.workspaceDefault &&
  JSON.stringify([...a.projectDefaults].sort()) === JSON.stringify([...b.projectDefaults].sort());

/** Which of the numbered invariants of a keyring a history breaks, and where; none for a sound one. */
export const brokenInvariants = (history: ReadonlyArray<EnvelopedEvent>): ReadonlyArray<string> => {
  const broken: string[] = [];
  const pins = new Map<RunId, KeyId>();
  const hardDeleted = new Set<KeyId>();
  let keyring = defaultDecider.initialState;
  let beforeCommand = keyring;
  let movedDefault = false;
  history.forEach(({ event, envelope }) => {
    const revision = keyring.revision + 1;
    const say = (what: string): void => void broken.push(`revision ${revision} (${event.type}): ${what}`);
    const { data } = event;
    if ('keyId' in data && data.keyId !== null && hardDeleted.has(data.keyId)) {
      if (!AFTER_HARD_DELETE.has(event.type)) say('6: hard-deleted is terminal');
    }
    if (event.type === 'KeyAdded' && keyring.leakedFingerprints.has(event.data.fingerprint)) {
      say('8: a leaked secret came back');
    }
    if (isServed(event) && 'keyId' in event.data && event.data.keyId !== null) {
      if (keyring.keys.get(event.data.keyId)?.suspended === true) say('14: a suspended key serves nobody');
    }
    if (keyring.closed !== null && BEGINNINGS.has(event.type)) say('13: a closed workspace stays closed');
    if (event.type === 'KeyHardDeleted') hardDeleted.add(event.data.keyId);
    if (event.type === 'DefaultChanged') movedDefault = true;
    if (event.type === 'RunKeyPinned') {
      if (pins.has(event.data.runId)) say('4: pinned while it was');
      if (keyring.keys.get(event.data.keyId)?.status !== 'active')
        say('5: pinned to a key that is not active');
      pins.set(event.data.runId, event.data.keyId);
    }
    if (event.type === 'RunKeyResumed' || event.type === 'RunKeyReleased') {
      if (pins.get(event.data.runId) !== event.data.keyId) say('4: a pin moved');
      if (event.type === 'RunKeyReleased') pins.delete(event.data.runId);
    }
    keyring = defaultDecider.evolve(keyring, { event, envelope });
    if (envelope.index + 1 < envelope.count) return;
    brokenByState(keyring).forEach(say);
    if (!movedDefault && !sameDefaults(beforeCommand, keyring)) say('3: a Default moved silently');
    beforeCommand = keyring;
    movedDefault = false;
  });
  return broken;
};

/** Commands whose events are not in the stream once, together and in order. */
export const scatteredCommands = (history: ReadonlyArray<EnvelopedEvent>): ReadonlyArray<string> => {
  const ended = new Set<string>();
  const scattered: string[] = [];
  let expected = { commandId: '', index: 0 };
  for (const { envelope } of history) {
    const { commandId, index, count } = envelope;
    const goesOn = commandId === expected.commandId && index === expected.index;
    const begins = expected.index === 0 && index === 0 && !ended.has(commandId);
    if (!goesOn && !begins) scattered.push(commandId);
    if (index + 1 === count) {
      ended.add(commandId);
      expected = { commandId: '', index: 0 };
    } else expected = { commandId, index: index + 1 };
  }
  return scattered;
};
