import * as t from 'io-ts';

/** What an opener process is told to do with a run. */
export const Order = t.type({
  kind: t.keyof({ open: null, finish: null }),
  workspaceId: t.string,
  runId: t.string,
});
export type Order = t.TypeOf<typeof Order>;

const nullable = t.union([t.string, t.null]);

/** What an opener process reports. `began`: nanoseconds of the machine's steady clock, which all processes share. */
export const OpenerMessage = t.union([
  t.type({ kind: t.literal('ready') }),
  t.type({ kind: t.literal('released'), runId: t.string, began: t.string, digest: t.string }),
  t.type({ kind: t.literal('ended'), runId: t.string, code: t.string }),
  t.type({ kind: t.literal('finished'), runId: t.string, code: nullable }),
]);
export type OpenerMessage = t.TypeOf<typeof OpenerMessage>;
