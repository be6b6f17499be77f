import { caseOf, type KeyEntry, type Keyring } from '@keyturn/domain';
import type { KeyPage } from '../keyring/caseLedger';
import { storyCase } from '../keyring/pool';
import { FIVE_MINUTES, NOW } from './moment';

interface Row {
  readonly since: number;
  readonly count: number;
}

/** How far the refusals of a key have come. A key that is dead stays so, whatever they were. */
const rowText = (dead: boolean, row: Row | null): string => {
  if (dead) return 'x';
  if (row === null) return '-';
  return `${row.count}${NOW - row.since >= FIVE_MINUTES ? 'l' : 's'}`;
};

const flags = (...said: ReadonlyArray<boolean>): string => said.map((one) => (one ? '1' : '0')).join('');

/**
 * What of a case a later command is decided by, as the state has it and as the ledger has it: where these agree, as
 * they should, the second one makes no more states. What was said of a leak word by word is no part of it, and neither
 * is the last answer: they decide no more than whether the same again is news.
 */
export const leakText = (
  { leaks }: Keyring,
  { keyId, acceptedFrom }: KeyEntry,
  page: KeyPage | undefined,
): string => {
  const leak = leaks.get(keyId);
  const ofCase = leak === undefined ? undefined : caseOf(leak, storyCase);
  const line = page?.cases.get(storyCase);
  const state =
    leak === undefined
      ? '-'
      : (ofCase?.report?.stranger ?? '-') +
        flags(ofCase?.reviewed === true, ofCase?.closed === true, leak.revoked !== null) +
        (leak.deletedUnder ?? '') +
        rowText(leak.checks.dead, leak.checks.row);
  const ledger =
    page === undefined
      ? '-'
      : (line?.stranger ?? '-') +
        flags(line?.reviewed === true, line?.closed === true, page.told) +
        rowText(
          page.dead,
          page.refusals === null ? null : { since: page.refusals.first, count: page.refusals.count },
        );
  return `<${acceptedFrom === null ? '-' : 'A'}${ofCase === undefined ? '-' : 'C'}${state}=${ledger}>`;
};
