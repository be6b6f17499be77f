import type { Decider } from './decider';
import type { EnvelopedEvent } from './envelope';
import type { Instant } from './instant';
import type { Keyring } from './state/keyring';

/** An event with the time at which its store recorded it. */
export interface RecordedKeyringEvent extends EnvelopedEvent {
  readonly recordedAt: Instant;
}

/** How far a history was folded towards a point in time. */
export interface HistoryCut {
  /** The keyring after the last whole command recorded by then. */
  readonly keyring: Keyring;
  /** The beginning of a command whose other events have not been read yet. */
  readonly pending: ReadonlyArray<RecordedKeyringEvent>;
  /** True once a later event was met: reading on adds nothing. */
  readonly passed: boolean;
}

export const startOfHistory = (decider: Decider): HistoryCut => ({
  keyring: decider.initialState,
  pending: [],
  passed: false,
});

const isLastOfCommand = ({ envelope }: EnvelopedEvent): boolean => envelope.index + 1 >= envelope.count;

/** Folds one more page of a history, as far as `at` allows. Invariants hold between commands: so it cuts there. */
export const readOn = (
  decider: Decider,
  cut: HistoryCut,
  page: Iterable<RecordedKeyringEvent>,
  at: Instant,
): HistoryCut => {
  if (cut.passed) return cut;
  const whole: EnvelopedEvent[] = [];
  let pending: RecordedKeyringEvent[] = [...cut.pending];
  let passed = false;
  for (const event of page) {
    passed = event.recordedAt > at;
    if (passed) break;
    pending.push(event);
    if (!isLastOfCommand(event)) continue;
    whole.push(...pending);
    pending = [];
  }
  return { keyring: decider.replay(cut.keyring, whole), pending: passed ? [] : pending, passed };
};
