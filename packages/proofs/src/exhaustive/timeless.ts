import { emptyKeyring, type KeyEntry, type KeyId, type KeyLeak, type Keyring } from '@keyturn/domain';
import type { CaseLedger, KeyPage } from '../keyring/caseLedger';
import { FIVE_MINUTES, NOW } from './moment';

/** Just before whatever comes next. */
const BEFORE = NOW - 1;
/** So many refusals in a row are as good as more. */
const ENOUGH = 3;

/** A verdict is of these days, as a successor's has to be. */
const timelessKey = (key: KeyEntry): KeyEntry =>
  key.lastVerdictCallAt === null ? key : { ...key, lastVerdictCallAt: BEFORE };

/** A row of refusals began just now, or five minutes ago and more. */
const beganAt = (since: number, last: number): number =>
  last - since >= FIVE_MINUTES ? NOW - FIVE_MINUTES : BEFORE;

const timelessLeak = (leak: KeyLeak): KeyLeak => {
  const { row, lastAt } = leak.checks;
  return {
    ...leak,
    cases: leak.cases.map((one) =>
      one.report === null ? one : { ...one, report: { ...one.report, at: NOW } },
    ),
    checks: {
      ...leak.checks,
      lastAt: lastAt === null ? null : BEFORE,
      row:
        row === null
          ? null
          : { since: beganAt(row.since, lastAt ?? row.since), count: Math.min(row.count, ENOUGH) },
    },
  };
};

const timelessPage = (page: KeyPage): KeyPage => {
  const { refusals, checkedAt } = page;
  return {
    ...page,
    cases: new Map([...page.cases].map(([caseId, line]) => [caseId, { ...line, since: NOW }])),
    checkedAt: checkedAt === null ? null : BEFORE,
    refusals:
      refusals === null
        ? null
        : {
            first: beganAt(refusals.first, checkedAt ?? refusals.first),
            count: Math.min(refusals.count, ENOUGH),
          },
  };
};

/** The same ledger as if all had happened just now. */
export const timelessLedger = (ledger: CaseLedger): CaseLedger =>
  new Map([...ledger].map(([keyId, page]) => [keyId, timelessPage(page)]));

/**
 * The same keyring as if all had happened just now: revisions, times and remembered commands grow for ever, and no rule
 * of the search depends on them (each command has an id of its own, and every verdict is newer than the last). Ended
 * runs are kept: a run id is not used again.
 */
export const timeless = (keyring: Keyring): Keyring => {
  const keys = new Map<KeyId, KeyEntry>();
  for (const [keyId, key] of keyring.keys) keys.set(keyId, timelessKey(key));
  return {
    ...keyring,
    revision: 0,
    keys,
    leaks: new Map([...keyring.leaks].map(([keyId, leak]) => [keyId, timelessLeak(leak)])),
    handledCommands: emptyKeyring.handledCommands,
    commandHorizon: null,
    lastCommandAt: NOW,
    windowClock: NOW,
  };
};
