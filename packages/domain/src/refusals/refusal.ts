import { atVendorRefusals, type AtVendorRefusals } from './atVendorRefusals';
import { commandRefusals, type CommandRefusals } from './commandRefusals';
import { deletionRefusals, type DeletionRefusals } from './deletionRefusals';
import { keyRefusals, type KeyRefusals } from './keyRefusals';
import { leakRefusals, type LeakRefusals } from './leakRefusals';
import { pasteRefusals, type PasteRefusals } from './pasteRefusals';
import { requestRefusals, type RequestRefusals } from './requestRefusals';
import { runRefusals, type RunRefusals } from './runRefusals';
import type { NextStep, RefusalTable } from './table';

/** The facts that each refusal carries, by its code. All are JSON values and hold no secret. */
export interface RefusalFacts
  extends
    CommandRefusals,
    KeyRefusals,
    DeletionRefusals,
    RunRefusals,
    LeakRefusals,
    AtVendorRefusals,
    PasteRefusals,
    RequestRefusals {}

/** Stable: programs may branch on it. */
export type RefusalCode = keyof RefusalFacts;

/** One code's refusal. */
export interface RefusalOf<C extends RefusalCode> {
  readonly code: C;
  /** A sentence that a person can act on. */
  readonly message: string;
  readonly facts: RefusalFacts[C] & { readonly next: ReadonlyArray<NextStep> };
}

/** A "no" with its reason: a value, never an exception, and never with more of a secret than its last 4. */
export type Refusal = { [C in RefusalCode]: RefusalOf<C> }[RefusalCode];

const table: RefusalTable<RefusalFacts> = {
  ...commandRefusals,
  ...keyRefusals,
  ...deletionRefusals,
  ...runRefusals,
  ...leakRefusals,
  ...atVendorRefusals,
  ...pasteRefusals,
  ...requestRefusals,
};

/** Every code there is, for documentation and tests. */
export const refusalCodes: ReadonlyArray<string> = Object.keys(table);

/**
 * Makes a refusal from its code and facts.
 *
 * @example
 * refuse('revision-conflict', { expected: 4, actual: 6 }).message
 * // 'The keyring changed meanwhile: the command expects revision 4, it is at 6. …'
 */
export const refuse = <C extends RefusalCode>(code: C, facts: RefusalFacts[C]): RefusalOf<C> => {
  const { message, next } = table[code];
  return { code, message: message(facts), facts: { ...facts, next } };
};
