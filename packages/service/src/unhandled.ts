import { isUnhandled, type Command, type Keyring } from '@keyturn/domain';
import type { UnhandledNote, Waiting } from './batchOutcome';

/** Noted anew after so many events. With a page of events behind them that is less than a keyring remembers. */
const NOTED_FOR = 500;

const noteOn = ({ note }: Waiting, { revision, lastRestore }: Keyring): UnhandledNote | null =>
  note !== null && note.upTo <= revision && note.lastRestore === lastRestore ? note : null;

/** A command that waits, with what is known of it to a keyring. */
export const asKnownTo = (keyring: Keyring, one: Waiting): Command => {
  const note = noteOn(one, keyring);
  return note === null ? one.command : { ...one.command, unhandledUpTo: note.upTo };
};

/**
 * Notes of commands that wait that a keyring has not handled them: what comes later is compared with their ids, so that
 * no command grows too old while it waits.
 */
export const noteUnhandled = (waiting: Iterable<Waiting>, keyring: Keyring): void => {
  const { revision, lastRestore } = keyring;
  for (const one of waiting) {
    if (one.command.unhandledUpTo === Number.POSITIVE_INFINITY) continue;
    const note = noteOn(one, keyring);
    if (note !== null && revision - note.upTo < NOTED_FOR) continue;
    if (isUnhandled(keyring, asKnownTo(keyring, one))) one.note = { upTo: revision, lastRestore };
  }
};
