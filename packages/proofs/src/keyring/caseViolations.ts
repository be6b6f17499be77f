import {
  openSteps,
  type CaseId,
  type Command,
  type CommandBody,
  type EnvelopedEvent,
  type KeyId,
  type Keyring,
  type LeavableStep,
} from '@keyturn/domain';
import type { CaseLedger, CaseLine, KeyPage } from './caseLedger';
import type { Violation } from './violation';

const DAY = 24 * 3_600_000;

/** What is said and done of a leak, and nothing else. */
const OF_A_CASE: ReadonlySet<CommandBody['type']> = new Set<CommandBody['type']>([
  'ReportLeak',
  'WithdrawLeakReport',
  'SuspendKey',
  'ReinstateKey',
  'RecordKillCheck',
  'RecordRevocation',
  'RecordLeakReview',
  'CloseLeakCase',
]);

const isReported = ({ cases }: KeyPage): boolean =>
  [...cases.values()].some(({ stranger }) => stranger !== null);

const bannedBy = (ledger: CaseLedger, fingerprint: string): boolean =>
  [...ledger.values()].some((page) => page.fingerprint === fingerprint && isReported(page));

/** A key that works took the place of the old one wherever that was Default. */
const isReplaced = (ledger: CaseLedger, keyring: Keyring, keyId: KeyId, { since }: CaseLine): boolean => {
  if (keyring.closed !== null) return true;
  if ([keyring.workspaceDefault, ...keyring.projectDefaults.values()].includes(keyId)) return false;
  const next = keyring.keys.get(keyring.workspaceDefault ?? keyId);
  if (next === undefined || next.keyId === keyId || next.suspended || next.rejectionUnconfirmed) return false;
  const works = next.status === 'active' && (next.lastVerdictCallAt ?? -Infinity) >= since - DAY;
  return works && !bannedBy(ledger, next.fingerprint) && !keyring.leakedFingerprints.has(next.fingerprint);
};

/** What of a case is still to be done of a key, by the ledger: a report that was withdrawn leaves nothing. */
const stillOpen = (
  ledger: CaseLedger,
  keyring: Keyring,
  keyId: KeyId,
  page: KeyPage,
  line: CaseLine,
): ReadonlyArray<LeavableStep> => {
  if (line.stranger === null) return [];
  const key = keyring.keys.get(keyId);
  const stopped = page.dead || page.told;
  const open: Readonly<Record<LeavableStep, boolean>> = {
    'stop-stranger': !stopped && line.stranger !== 'no',
    successor: !isReplaced(ledger, keyring, keyId, line),
    revoke: !stopped,
    'kill-check': !page.dead,
    'hard-delete': key?.destroyed !== true,
    review: !line.reviewed,
  };
  return (Object.keys(open) as ReadonlyArray<LeavableStep>).filter((step) => open[step]);
};

const outcomeOf = ({ dead, told }: KeyPage, { stranger }: CaseLine): string =>
  stranger === null ? 'withdrawn' : dead ? 'contained' : told ? 'revoked-unconfirmed' : 'not-contained';

type Checked = Extract<EnvelopedEvent['event'], { type: 'KeyKillChecked' }>['data'];

/** Why a refusal by the vendor does not count; null where it may. */
const countsForNothing = (ledger: CaseLedger, keyring: Keyring, check: Checked): string | null => {
  const page = ledger.get(check.keyId);
  if (check.says !== 'dead') return `it says ${check.says}`;
  if (check.via === 'vendor-list') return null;
  if (page?.acceptedAt === undefined) return 'the key was accepted nowhere';
  if (page.acceptedAt !== (check.evidence?.endpointOverride ?? null)) return 'the key was accepted elsewhere';
  if (check.control === 'failed') return 'the vendor refused the control call, too';
  const [key, other] = [
    keyring.keys.get(check.keyId),
    keyring.keys.get(keyring.workspaceDefault ?? check.keyId),
  ];
  const sameVendor =
    key !== undefined &&
    other !== undefined &&
    other.keyId !== key.keyId &&
    other.vendor === key.vendor &&
    other.endpoint === key.endpoint;
  const works = other?.status === 'active' && !other.suspended;
  return check.control === 'none' && sameVendor && works ? 'nobody asked for the successor' : null;
};

const wrongEvents = (
  ledger: CaseLedger,
  before: Keyring,
  events: ReadonlyArray<EnvelopedEvent>,
): ReadonlyArray<Violation> =>
  events.flatMap(({ event, envelope }): ReadonlyArray<Violation> => {
    if (event.type === 'KeyAdded') {
      return bannedBy(ledger, event.data.fingerprint)
        ? [{ invariant: 8, what: `${event.data.keyId} has a secret that was reported` }]
        : [];
    }
    if (event.type === 'KeyKillChecked') {
      const { keyId, says, counts, checkedAt } = event.data;
      const nothing = countsForNothing(ledger, before, event.data);
      const last = ledger.get(keyId)?.checkedAt ?? null;
      const stale = says !== 'not-checkable' && last !== null && Math.min(checkedAt, envelope.time) <= last;
      return [
        ...(counts && nothing !== null
          ? [{ invariant: 16, what: `a check of ${keyId} counts, and ${nothing}` }]
          : []),
        ...(stale ? [{ invariant: 16, what: `a check of ${keyId} is no newer than the last one` }] : []),
      ];
    }
    if (event.type !== 'LeakCaseClosed') return [];
    const { keyId, caseId, outcome, leftOpen } = event.data;
    const page = ledger.get(keyId);
    const line = page?.cases.get(caseId);
    if (page === undefined || line === undefined) {
      return [{ invariant: 18, what: `${caseId} is closed of ${keyId}, of which it says nothing` }];
    }
    const named = new Set<string>(leftOpen.map(({ step }) => step));
    const unnamed = stillOpen(ledger, before, keyId, page, line).filter((step) => !named.has(step));
    const expected = outcomeOf(page, line);
    return [
      ...(unnamed.length === 0
        ? []
        : [{ invariant: 18, what: `${caseId} is closed of ${keyId} with ${unnamed.join(', ')} open` }]),
      ...(outcome === expected
        ? []
        : [{ invariant: 16, what: `${keyId} is told ${outcome}, and is ${expected}` }]),
    ];
  });

/** The case that a command's events are of: it was sent under it, one names it, or its key was deleted under it. */
const caseOf = (
  ledger: CaseLedger,
  { caseId, body }: Command,
  events: ReadonlyArray<EnvelopedEvent>,
): CaseId | null => {
  const named = events.flatMap(({ event }) => ('caseId' in event.data ? (event.data.caseId ?? []) : []));
  const deletedUnder = body.type === 'ConfirmDestruction' ? ledger.get(body.keyId)?.deletedUnder : null;
  return caseId ?? named[0] ?? deletedUnder ?? null;
};

/** Where the state says something else of a case than the ledger. */
const misread = (ledger: CaseLedger, after: Keyring): ReadonlyArray<Violation> =>
  [...ledger].flatMap(([keyId, page]) =>
    [...page.cases].flatMap(([caseId, line]): ReadonlyArray<Violation> => {
      const key = after.keys.get(keyId);
      if (key === undefined) return [];
      const open = [...stillOpen(ledger, after, keyId, page, line), ...(line.closed ? [] : ['close'])];
      const told = openSteps(after, key, caseId);
      if (line.stranger === null && line.closed && told.length === 0) return [];
      return told.join() === open.join()
        ? []
        : [
            {
              invariant: 19,
              what: `${caseId} of ${keyId} has ${open.join()} open, and is told ${told.join()}`,
            },
          ];
    }),
  );

/** A state, and the ledger of the way there. */
interface Known {
  readonly keyring: Keyring;
  readonly ledger: CaseLedger;
}

/** What is wrong with a leak case on the way from one state to the next. */
export const caseViolations = (
  { keyring, ledger }: Known,
  { command, events }: { readonly command: Command; readonly events: ReadonlyArray<EnvelopedEvent> },
  after: Known,
): ReadonlyArray<Violation> => {
  const expected = caseOf(ledger, command, events);
  const elsewhere = events.filter(({ envelope }) => (envelope.caseId ?? null) !== expected);
  const moved =
    OF_A_CASE.has(command.body.type) && events.some(({ event }) => event.type === 'DefaultChanged');
  return [
    ...wrongEvents(ledger, keyring, events),
    ...elsewhere.map(({ event, envelope }) => ({
      invariant: 17,
      what: `${event.type} is of ${expected ?? 'no case'}, and says ${envelope.caseId ?? 'none'}`,
    })),
    ...(moved ? [{ invariant: 3, what: `${command.body.type} moves a Default` }] : []),
    ...misread(after.ledger, after.keyring),
  ];
};
