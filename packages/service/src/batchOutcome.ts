import type { BatchDecision, Command, CommandId, Decision, EnvelopedEvent, Keyring } from '@keyturn/domain';
import type { Position } from '@keyturn/event-store';
import * as E from 'fp-ts/Either';
import type { Failure, Fault } from './failure';
import type { FoldedKeyring } from './foldedKeyring';
import type { Appended } from './log/sealedAppend';

/** How a call wrote its events: at the first sending, or only known to be written after sending them again. */
export type WriteConfirmation = 'acknowledged' | 'resent';

/** What one command of a batch came to. */
export interface CommandOutcome {
  readonly decision: Decision;
  /** The keyring after the whole batch. */
  readonly keyring: Keyring;
  /** What the batch was decided on, and recorded up to and with this command. */
  readonly batch: { readonly before: Keyring; readonly events: ReadonlyArray<EnvelopedEvent> };
  /** Revision of the command's own last event; this and the next three are null when it wrote nothing. */
  readonly revision: number | null;
  /** Where its batch ends in the store's order. */
  readonly position: Position | null;
  readonly written: WriteConfirmation | null;
  /** The command's own last event. */
  readonly entry: LogEntry | null;
}

/** Where an event stands in the log, as it was appended. Its id is under the chain. */
export interface LogEntry {
  readonly revision: number;
  readonly chain: Uint8Array;
  /** The chain's value before it. */
  readonly before: Uint8Array;
}

/** Known of a command that waits: a keyring had not handled it. */
export interface UnhandledNote {
  readonly upTo: number;
  /** That keyring's: another one says that the end of its stream has been lost since, and what was noted with it. */
  readonly lastRestore: CommandId | null;
}

/** A command that waits for its outcome. */
export interface Waiting {
  readonly command: Command;
  /** What became known of it while it waits. */
  note: UnhandledNote | null;
  readonly settle: (outcome: E.Either<Failure, CommandOutcome>) => void;
}

/** Commands that are decided together, and go in one append. */
export type Batch = ReadonlyArray<Waiting>;

export const failAll = (batch: Batch, fault: Fault): void => {
  for (const { settle } of batch) settle(E.left(fault));
};

const entryAt = ({ chains }: Appended, folded: FoldedKeyring, revision: number): LogEntry | null => {
  const index = revision - folded.keyring.revision - 1;
  const chain = chains[index];
  const before = index === 0 ? folded.chain : chains[index - 1];
  return chain === undefined || before === undefined ? null : { revision, chain, before };
};

/** Tells each command what it came to. */
export const settleAll = (
  batch: Batch,
  { results, keyring, events }: BatchDecision,
  before: FoldedKeyring,
  appended: Appended | null,
): void => {
  let last = before.keyring.revision;
  let decided = 0;
  batch.forEach(({ settle }, index) => {
    const result = results[index];
    if (result === undefined) return;
    if (E.isLeft(result)) return settle(result);
    const decision = result.right;
    last += decision.events.length;
    decided += decision.events.length;
    const batch = { before: before.keyring, events: events.slice(0, decided) };
    settle(
      E.right(
        decision.events.length === 0 || appended === null
          ? { decision, keyring, batch, revision: null, position: null, written: null, entry: null }
          : {
              decision,
              keyring,
              batch,
              revision: last,
              position: appended.position,
              written: appended.acknowledgedOnFirstSend ? 'acknowledged' : 'resent',
              entry: entryAt(appended, before, last),
            },
      ),
    );
  });
};
