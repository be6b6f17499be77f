import { isRefusal, type Failure } from '../failure';

/** Why a finding is still there. */
export interface Unrepaired {
  readonly code: string;
  readonly reason: string;
}

/** `settled`: the keyring has moved on, and there was nothing left to repair. */
export type RepairOutcome = 'repaired' | 'settled' | Unrepaired;

export const unrepaired = ({ code, message }: Failure): Unrepaired => ({ code, reason: message });

/** Refusals that say that the keyring has moved on: an orphan became a key, or a key without a result was deleted. */
const MOVED_ON: ReadonlyArray<string> = ['key-id-used', 'unknown-key', 'key-not-on-file'];

export const unlessMovedOn = (failure: Failure): RepairOutcome =>
  isRefusal(failure) && MOVED_ON.includes(failure.code) ? 'settled' : unrepaired(failure);
