import * as t from 'io-ts';
import { nullable, WholeNumber } from '../codecs/primitives';
import { Fingerprint } from '../events';
import { CaseId, KeyId } from '../ids';
import { KillCheckSays, Known } from '../leak/leakWords';

const Millis = t.refinement(t.number, (n) => Number.isSafeInteger(n), 'Millis');

/** What is known of one key's leak, as it is in memory: there are few of them. */
export const StoredLeak = t.type({
  keyId: KeyId,
  fingerprint: Fingerprint,
  cases: t.readonlyArray(
    t.type({
      caseId: CaseId,
      report: nullable(t.type({ at: Millis, stranger: Known, said: t.string })),
      reviewed: t.boolean,
      closed: t.boolean,
    }),
  ),
  remembered: t.readonlyArray(Fingerprint),
  revoked: nullable(t.string),
  checks: t.type({
    lastAt: nullable(Millis),
    last: nullable(KillCheckSays),
    row: nullable(t.type({ since: Millis, count: WholeNumber })),
    dead: t.boolean,
  }),
  deletedUnder: nullable(CaseId),
});
