import * as t from 'io-ts';

/** What a codec takes, or null. */
export const nullable = <C extends t.Mixed>(codec: C) => t.union([codec, t.null]);

/** 0, 1, 2 … up to what a JavaScript number holds exactly. */
export const WholeNumber = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 0, 'WholeNumber');
