import type { ActContext, FoundAtVendor, Keyturn, OfLeakCase, RevokedAtVendor } from 'keyturn';
import { EXIT_REFUSED, EXIT_USAGE } from '../exitStatus';
import type { Report } from '../output/report';
import { isoOrNull, readableTime } from '../output/times';
import type { Session } from '../session';
import { withAdminCredential } from './adminCredential';
import { openRunsOf, runsThatFail } from './runsThatFail';
import { chosenAtVendor, confirmed, countedAtVendor, keyAtVendorJson, tableOfKeys } from './keysAtVendor';
import { statusHint } from './leakCaseOfKey';

/** What was said of the key at its vendor. */
interface AtVendorGiven {
  readonly vendorKey: string | undefined;
  readonly place: string | undefined;
}

/** What is known before anything is asked of the vendor. */
interface AtVendorKnown {
  readonly vendorName: string;
  /** Runs that hold the key: their calls fail from the revocation on. */
  readonly openRuns: ReadonlyArray<string>;
}

/** None, or several: nothing is revoked, and it is said what may be. */
const undecided = (of: OfLeakCase, found: FoundAtVendor, { openRuns }: AtVendorKnown): Report => ({
  json: {
    ...of,
    changed: false,
    outcome: 'undecided',
    openRuns,
    keys: found.keys.map(keyAtVendorJson),
    listed: found.listed,
  },
  lines: [countedAtVendor(found), ...(found.keys.length === 0 ? [] : [tableOfKeys(found.keys)])],
  hints:
    found.keys.length === 0
      ? ['Nothing was revoked. Look in another organisation, or revoke it by hand.']
      : ['Nothing was revoked. Say which one it is, with its id: --vendor-key ID'],
  exitStatus: found.keys.length === 0 ? EXIT_REFUSED : EXIT_USAGE,
});

const undoWords = ({ undo }: RevokedAtVendor): string => {
  if (undo === null) return "It can't be undone there.";
  const until = undo.until === null ? '' : `, until ${readableTime(undo.until)}`;
  return `It can be undone there${until}: ${undo.how.replaceAll('`', '')}.`;
};

const LIST_SHOWS: { readonly [S in NonNullable<RevokedAtVendor['listShows']>]: string } = {
  inactive: 'Its list shows the key as inactive.',
  absent: 'Its list no longer has the key.',
  active: 'Its list still shows the key as active: ask with a kill check.',
  unknown: 'Its list could not be had afterwards: ask with a kill check.',
};

/** What is known of the leaked key itself, which may be another one than was revoked. */
const containmentOf = ({ deadByList, dead, killCheckSays }: RevokedAtVendor): string => {
  if (deadByList) return 'It is dead: none of the keys there that may be it still works.';
  if (killCheckSays === 'alive' || killCheckSays === 'alive-unfunded') {
    return 'Its vendor still takes the leaked key: revocation may take a while, or another key is the one. Ask again.';
  }
  return dead ? 'It was shown dead before.' : 'That does not show it dead: a kill check does.';
};

const linesOf = (revoked: RevokedAtVendor, vendorName: string): ReadonlyArray<string> => {
  const { outcome, listShows, instead, reason, changed } = revoked;
  const containment = containmentOf(revoked);
  switch (outcome) {
    case 'revoked':
      return [
        `${vendorName} revoked the key.`,
        ...(listShows === null ? [] : [LIST_SHOWS[listShows]]),
        undoWords(revoked),
        containment,
      ];
    case 'already-inactive':
      return [
        `${vendorName} showed the key as inactive before: nothing was revoked now.`,
        ...(changed ? ['It is recorded.'] : []),
        containment,
      ];
    case 'not-found':
      return [
        `${vendorName} has no key by that id. One that was deleted looks the same as one of another organisation: ` +
          'ask with a kill check.',
      ];
    case 'not-revocable':
      return [`${vendorName} can't revoke this key so: ${instead ?? 'revoke it by hand'}.`];
    case 'unavailable':
      return [
        `${vendorName} did not answer as it should (${reason ?? ''}), so it is not known whether the key is revoked. ` +
          'Do this again: a second time does no harm.',
      ];
  }
};

const IS_DONE: { readonly [O in RevokedAtVendor['outcome']]: boolean } = {
  revoked: true,
  'already-inactive': true,
  'not-found': false,
  'not-revocable': false,
  unavailable: false,
};

const revokedReport = (
  of: OfLeakCase,
  vendorKeyId: string,
  revoked: RevokedAtVendor,
  { vendorName, openRuns }: AtVendorKnown,
): Report => {
  const { outcome, listShows, undo, killCheckSays, deadByList, dead, changed, keyringRevision } = revoked;
  return {
    json: {
      ...of,
      changed,
      outcome,
      vendorKeyId,
      openRuns,
      listShows,
      undo: undo && { until: isoOrNull(undo.until), how: undo.how },
      killCheckSays,
      deadByList,
      dead,
      keyringRevision,
    },
    lines: linesOf(revoked, vendorName),
    hints: [statusHint(of.caseId)],
    exitStatus: IS_DONE[outcome] ? 0 : EXIT_REFUSED,
  };
};

/**
 * Revokes a key through its vendor's own calls, with an admin credential from standard input, or from a hidden prompt.
 * It is asked for when all else is permitted, and wiped afterwards.
 */
export const revokeAtVendor = async (
  session: Session,
  keyturn: Keyturn,
  context: ActContext,
  of: OfLeakCase,
  { vendorKey, place }: AtVendorGiven,
): Promise<Report> => {
  const { atVendor } = keyturn.support;
  const how = await atVendor.how(context, of);
  const { undo, vendorName } = how;
  const known: AtVendorKnown = { vendorName, openRuns: await openRunsOf(keyturn, context, of) };
  if (known.openRuns.length > 0) {
    await session.io.stderr.write(`${runsThatFail(known.openRuns)}\n`);
  }
  const after = undo === null ? "A revocation can't be undone there." : `To undo it there: ${undo}.`;
  return withAdminCredential(session, how, after, async (adminCredential) => {
    const given = { ...of, adminCredential, place: place ?? null };
    const revoke = (vendorKeyId: string): Promise<Report> =>
      session
        .showing(`Revoking the key at ${vendorName}`, () =>
          atVendor.revoke(context, { ...given, vendorKeyId }),
        )
        .then((revoked) => revokedReport(of, vendorKeyId, revoked, known));
    if (vendorKey !== undefined) return revoke(vendorKey);
    const found = await session.showing(`Asking ${vendorName}`, () => atVendor.find(context, given));
    const chosen = await chosenAtVendor(session, found);
    if (chosen === null || !(await confirmed(session, chosen, vendorName))) {
      return undecided(of, found, known);
    }
    return revoke(chosen.vendorKeyId);
  });
};
