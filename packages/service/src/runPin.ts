import type { ChoiceMade, KeyId, ProjectId, RunId, Vendor } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { Handled } from './commandHandler';
import { ServiceFault } from './failure';
import { writtenBy, type Written } from './written';

/** A run and the one key that it uses until it ends. */
export interface RunPin extends Written {
  readonly runId: RunId;
  readonly projectId: ProjectId | null;
  readonly keyId: KeyId;
  readonly vendor: Vendor;
  readonly last4: string;
  readonly choice: ChoiceMade;
  /** Milliseconds since 1970. */
  readonly leaseUntil: number;
}

/** The run's pin as the handled command left it, or as it was first recorded when the run has ended since. */
export const runPinAfter = (handled: Handled, runId: RunId): E.Either<ServiceFault, RunPin> => {
  const pinned = handled.events.flatMap(({ event }) =>
    event.type === 'RunKeyPinned' && event.data.runId === runId ? [event.data] : [],
  )[0];
  const pin = handled.keyring.openPins.get(runId) ?? pinned;
  const key = pin === undefined ? undefined : handled.keyring.keys.get(pin.keyId);
  if (pin === undefined || key === undefined) {
    return E.left(new ServiceFault('defect', `Run ${runId} was handled and has no pin. Report it.`));
  }
  const { projectId, keyId, vendor, choice, leaseUntil } = pin;
  return E.right({
    runId,
    projectId,
    keyId,
    vendor,
    last4: key.last4,
    choice,
    leaseUntil,
    ...writtenBy(handled),
  });
};
