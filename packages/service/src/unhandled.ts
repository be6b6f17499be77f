import { isUnhandled, type Keyring } from '@keyturn/domain';
import type { Waiting } from './batchOutcome';

/** Noted anew after so many events. With a page of events behind them that is less than a keyring remembers. */
const NOTED_FOR = 500;

/**
 * Notes of commands that wait that a keyring has not handled them: what comes later is compared with their ids, so that
 * no command grows too old while it waits.
 */
export const noteUnhandled = (waiting: Iterable<Waiting>, keyring: Keyring): void => {
  const { revision } = keyring;
  for (const one of waiting) {
    const { unhandledUpTo: noted = Number.NEGATIVE_INFINITY } = one.command;
    const isAhead = noted > revision;
    if (noted === Number.POSITIVE_INFINITY || (!isAhead && revision - noted < NOTED_FOR)) continue;
    // One that is ahead was noted of a stream whose end has been lost since.
    const command = isAhead ? { ...one.command, unhandledUpTo: -1 } : one.command;
    if (isUnhandled(keyring, command)) one.command = { ...command, unhandledUpTo: revision };
  }
};
