import type { CaseId, EnvelopedEvent, KeyId, Known } from '@keyturn/domain';

/** What one case has of a key. */
export interface CaseLine {
  /** What was last said of a stranger; null once the report was withdrawn, and before there is one. */
  readonly stranger: Known | null;
  /** When it was first reported. */
  readonly since: number;
  readonly reviewed: boolean;
  readonly closed: boolean;
}

/** What the log has of one key's leak. */
export interface KeyPage {
  readonly fingerprint: string;
  readonly cases: ReadonlyMap<CaseId, CaseLine>;
  /** Where it was last accepted: an operator's own address, or null for the vendor; undefined for nowhere. */
  readonly acceptedAt: string | null | undefined;
  /** Somebody says that it was revoked, and the vendor has not taken it since. */
  readonly told: boolean;
  /** Refusals in a row that count, by when they were. */
  readonly refusals: { readonly first: number; readonly count: number } | null;
  readonly dead: boolean;
  /** When its last check was. */
  readonly checkedAt: number | null;
  /** The case that it was hard-deleted under. */
  readonly deletedUnder: CaseId | null;
}

/**
 * The leak cases as an auditor with a pencil would keep them from the events alone: a second, plain reading of them
 * that shares no code with the domain's. Immutable.
 */
export type CaseLedger = ReadonlyMap<KeyId, KeyPage>;

const THREE = 3;
const FIVE_MINUTES = 300_000;

const NO_CASE: CaseLine = { stranger: null, since: 0, reviewed: false, closed: false };

const newPage = (fingerprint: string): KeyPage => ({
  fingerprint,
  cases: new Map(),
  acceptedAt: undefined,
  told: false,
  refusals: null,
  dead: false,
  checkedAt: null,
  deletedUnder: null,
});

const withLine = (page: KeyPage, caseId: CaseId, change: (line: CaseLine) => CaseLine): KeyPage => ({
  ...page,
  cases: new Map([...page.cases, [caseId, change(page.cases.get(caseId) ?? NO_CASE)]]),
});

/** A report, by a mail or by a hard delete: news open a case that was closed. */
const reported = (page: KeyPage, caseId: CaseId, stranger: Known, at: number): KeyPage =>
  withLine(page, caseId, (line) => ({
    ...line,
    stranger,
    since: line.stranger === null ? at : line.since,
    closed: false,
  }));

type Checked = Extract<EnvelopedEvent['event'], { type: 'KeyKillChecked' }>['data'];

const lives = (page: KeyPage, at: number): KeyPage => ({
  ...page,
  checkedAt: at,
  told: false,
  refusals: null,
  dead: false,
  cases: new Map(
    [...page.cases].map(([caseId, line]) => [
      caseId,
      { ...line, closed: false, reviewed: line.reviewed && !line.closed },
    ]),
  ),
});

const checked = (page: KeyPage, { says, via, counts, checkedAt }: Checked, recordedAt: number): KeyPage => {
  if (says === 'not-checkable') return page;
  const at = Math.min(checkedAt, recordedAt);
  if (says === 'alive' || says === 'alive-unfunded') return lives(page, at);
  if (!counts) return { ...page, checkedAt: at, refusals: null };
  if (via === 'vendor-list') return { ...page, checkedAt: at, dead: true };
  const refusals = { first: page.refusals?.first ?? at, count: (page.refusals?.count ?? 0) + 1 };
  const shown = refusals.count >= THREE && at - refusals.first >= FIVE_MINUTES;
  return { ...page, checkedAt: at, refusals, dead: page.dead || shown };
};

const changed = (page: KeyPage, { event, envelope: { time } }: EnvelopedEvent): KeyPage => {
  switch (event.type) {
    case 'KeyValidated':
      return { ...page, acceptedAt: event.data.evidence.endpointOverride ?? null };
    case 'KeyReportedLeaked':
      return reported(page, event.data.caseId, event.data.stranger, time);
    case 'KeyLeakReportWithdrawn':
      return withLine(page, event.data.caseId, (line) => ({ ...line, stranger: null }));
    case 'KeyKillChecked':
      return checked(page, event.data, time);
    case 'KeyRevocationRecorded':
      return { ...page, told: true };
    case 'LeakReviewed':
      return withLine(page, event.data.caseId, (line) => ({ ...line, reviewed: true }));
    case 'LeakCaseClosed':
      return withLine(page, event.data.caseId, (line) => ({ ...line, closed: true }));
    case 'KeyHardDeleted': {
      const { caseId, reason } = event.data;
      const deleted = { ...page, deletedUnder: caseId };
      if (caseId === null || reason !== 'leak') return deleted;
      const isReported = (page.cases.get(caseId)?.stranger ?? null) !== null;
      return isReported ? deleted : reported(deleted, caseId, 'unknown', time);
    }
    default:
      return page;
  }
};

/** With one more event written down. */
export const entered = (ledger: CaseLedger, enveloped: EnvelopedEvent): CaseLedger => {
  const { event } = enveloped;
  if (!('keyId' in event.data) || event.data.keyId === null) return ledger;
  const { keyId } = event.data;
  const page = ledger.get(keyId);
  if (event.type === 'KeyAdded') {
    return page === undefined ? new Map([...ledger, [keyId, newPage(event.data.fingerprint)]]) : ledger;
  }
  if (page === undefined) return ledger;
  const after = changed(page, enveloped);
  return after === page ? ledger : new Map([...ledger, [keyId, after]]);
};
