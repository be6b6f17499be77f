import * as t from 'io-ts';

/** What the person who reports a leak knows of a question. */
export const Known = t.keyof({ yes: null, no: null, unknown: null });
export type Known = t.TypeOf<typeof Known>;

/**
 * The steps of a leak review, in their order. `stop-stranger` comes before `successor` where a stranger may use the
 * key: a thief calls the vendor, and nothing that is done here stops that.
 */
export const LeakStep = t.keyof({
  find: null,
  report: null,
  'stop-stranger': null,
  successor: null,
  revoke: null,
  'kill-check': null,
  'hard-delete': null,
  review: null,
  close: null,
});
export type LeakStep = t.TypeOf<typeof LeakStep>;

/** A step that a case may be closed without, when somebody says why. */
export const LeavableStep = t.keyof({
  'stop-stranger': null,
  successor: null,
  revoke: null,
  'kill-check': null,
  'hard-delete': null,
  review: null,
});
export type LeavableStep = t.TypeOf<typeof LeavableStep>;

/**
 * What one check says of a key. `alive-unfunded`: the vendor knows it, and it can't spend. `not-checkable`: its bytes
 * are gone, and nobody has given them again.
 */
export const KillCheckSays = t.keyof({
  dead: null,
  alive: null,
  'alive-unfunded': null,
  'cannot-tell': null,
  'not-checkable': null,
});
export type KillCheckSays = t.TypeOf<typeof KillCheckSays>;

/** Whether another key of the vendor, which works, was accepted at the same time; `none` where none was tried. */
export const ControlCall = t.keyof({ passed: null, failed: null, none: null });
export type ControlCall = t.TypeOf<typeof ControlCall>;

/** How it is known that a key was revoked. `told`: the customer says so, and nothing confirms it. */
export const RevokedHow = t.keyof({ console: null, 'vendor-api': null, told: null });
export type RevokedHow = t.TypeOf<typeof RevokedHow>;

/**
 * What a case came to. `contained`: the vendor itself shows that the key is dead. A person's word alone is
 * `revoked-unconfirmed`.
 */
export const LeakOutcome = t.keyof({
  contained: null,
  'revoked-unconfirmed': null,
  'not-contained': null,
  withdrawn: null,
});
export type LeakOutcome = t.TypeOf<typeof LeakOutcome>;
