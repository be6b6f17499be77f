import * as E from 'fp-ts/Either';
import { pipe } from 'fp-ts/function';
import type { RunId } from '../ids';
import type { Instant } from '../instant';
import { keyFact } from '../refusals/keyFact';
import { refuse, type Refusal } from '../refusals/refusal';
import type { RunChoice } from '../run';
import type { Keyring } from '../state/keyring';
import type { Pin } from '../state/pin';
import { recall } from '../state/recent';
import { chooseKey } from './chooseKey';
import type { BodyOf, Handler, Situation, Verdict } from './handler';
import { suspendedKey } from './knownKey';
import { leaseSeconds, renewedUntil } from './lease';

const sameChoice = (a: RunChoice, b: RunChoice): boolean => {
  if (a.kind === 'vendor') return b.kind === 'vendor' && a.vendor === b.vendor;
  if (a.kind === 'key') return b.kind === 'key' && a.keyId === b.keyId;
  return b.kind === 'default';
};

const interrupted = (keyring: Keyring, pin: Pin): Refusal => {
  const key = keyring.keys.get(pin.keyId);
  return key === undefined
    ? refuse('run-not-open', { runId: pin.runId })
    : refuse('run-interrupted', { runId: pin.runId, key: keyFact(key) });
};

/** When the run ended, if that is still remembered; after the memory's window its id may name a new run. */
const endedAt = ({ keyring, policy }: Situation, runId: RunId): Instant | null => {
  const at = recall(keyring.endedRuns, runId);
  if (at === undefined || keyring.windowClock === null) return null;
  return at >= keyring.windowClock - policy.memoryWindowMs ? at : null;
};

/** A suspended key is handed over to nobody; an open run keeps what it has, and its lease may be renewed. */
const withheld = (keyring: Keyring, pin: Pin): Refusal | null => {
  const key = keyring.keys.get(pin.keyId);
  return key?.suspended === true ? suspendedKey(keyring, key) : null;
};

/** The run is open: the original request is what counts, and it is never resolved anew. */
const startedAgain = (keyring: Keyring, pin: Pin, body: BodyOf['StartRun']): Verdict => {
  if (pin.interrupted) return E.left(interrupted(keyring, pin));
  if (sameChoice(pin.requested, body.choice) && pin.projectId === body.projectId) {
    const refusal = withheld(keyring, pin);
    return refusal === null ? E.right([]) : E.left(refusal);
  }
  const key = keyring.keys.get(pin.keyId);
  return E.left(
    refuse('run-already-pinned', {
      runId: pin.runId,
      key: key === undefined ? null : keyFact(key),
      requested: pin.requested,
      projectId: pin.projectId,
    }),
  );
};

const startedAnew = ({ keyring, command, policy }: Situation, body: BodyOf['StartRun']): Verdict => {
  const seconds = leaseSeconds(policy, body.leaseSeconds);
  if (E.isLeft(seconds)) return seconds;
  const chosen = chooseKey(keyring, body.projectId, body.choice);
  if (E.isLeft(chosen)) return chosen;
  const { key, choice } = chosen.right;
  return E.right([
    {
      type: 'RunKeyPinned',
      data: {
        runId: body.runId,
        projectId: body.projectId,
        keyId: key.keyId,
        vendor: key.vendor,
        requested: body.choice,
        choice,
        keyringRevision: keyring.revision,
        leaseUntil: command.time + seconds.right * 1_000,
      },
    },
  ]);
};

/** Pins a run to one active key. The same run with the same request again gives the same pin and no event. */
export const startRun: Handler<'StartRun'> = (situation, body) => {
  const { keyring, policy } = situation;
  const pin = keyring.openPins.get(body.runId);
  if (pin !== undefined) return startedAgain(keyring, pin, body);
  const ended = endedAt(situation, body.runId);
  if (ended !== null) return E.left(refuse('run-already-ended', { runId: body.runId, endedAt: ended }));
  if (keyring.openPins.size >= policy.maxOpenRuns) {
    return E.left(refuse('too-many-open-runs', { limit: policy.maxOpenRuns }));
  }
  return startedAnew(situation, body);
};

/**
 * Another worker takes the run over, or its lease alone is renewed. Its key stays the same, be it failed or on its way
 * out meanwhile.
 */
export const resumeRun: Handler<'ResumeRun'> = (situation, body) => {
  const { keyring, command, policy } = situation;
  const { runId, renewal } = body;
  const pin = keyring.openPins.get(runId);
  if (pin === undefined) {
    const ended = endedAt(situation, runId);
    return E.left(
      ended === null
        ? refuse('run-not-open', { runId })
        : refuse('run-already-ended', { runId, endedAt: ended }),
    );
  }
  if (pin.interrupted) return E.left(interrupted(keyring, pin));
  const refusal = renewal === true ? null : withheld(keyring, pin);
  if (refusal !== null) return E.left(refusal);
  return pipe(
    leaseSeconds(policy, body.leaseSeconds),
    E.chain((seconds) => renewedUntil(policy, pin, command.time, seconds)),
    E.map((leaseUntil) => [
      {
        type: 'RunKeyResumed',
        data: {
          runId,
          keyId: pin.keyId,
          leaseUntil,
          ...(renewal === true ? { renewal } : {}),
        },
      },
    ]),
  );
};
