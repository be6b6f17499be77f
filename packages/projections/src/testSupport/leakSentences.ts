import type { KeyringEvent } from '@keyturn/domain';

const NOW = '2026-11-23T08:00:00.000Z';
const KEY = '…AbCd (Anthropic, "prod-2")';
const ofCase = { keyId: 'key-2', caseId: 'case-7' };
const reported = {
  ...ofCase,
  reportedBy: null,
  suspectedSince: null,
  source: null,
  usedElsewhere: 'unknown',
  stranger: 'unknown',
};
const checked = { ...ofCase, via: 'call', checkedAt: NOW, attempts: 1, control: 'passed', evidence: null };
const revoked = { ...ofCase, revokedAt: NOW, undo: 'no', undoUntil: null };
const reviewed = { ...ofCase, until: NOW, note: null };

/** What is read of each event of a leak review. */
export const leakSentences: ReadonlyArray<
  readonly [type: KeyringEvent['type'], data: object, sentence: string]
> = [
  ['KeyReportedLeaked', reported, `ada reported ${KEY} as leaked under case case-7`],
  [
    'KeyReportedLeaked',
    {
      ...ofCase,
      reportedBy: 'Grace',
      suspectedSince: NOW,
      source: 'a public repository',
      usedElsewhere: 'yes',
      stranger: 'yes',
    },
    `ada reported ${KEY} as leaked under case case-7: told by Grace; from a public repository; ` +
      `suspected since ${NOW}; a stranger may be using it; it is used elsewhere, too`,
  ],
  [
    'KeyReportedLeaked',
    { ...reported, stranger: 'no' },
    `ada reported ${KEY} as leaked under case case-7: no stranger has it`,
  ],
  [
    'KeyLeakReportWithdrawn',
    { ...ofCase, reason: 'the wrong key' },
    `ada withdrew the report that ${KEY} leaked under case case-7: the wrong key`,
  ],
  [
    'KeySuspended',
    { ...ofCase, openRuns: 1 },
    `ada suspended ${KEY} under case case-7; 1 run in flight goes on with what it has`,
  ],
  [
    'KeySuspended',
    { ...ofCase, openRuns: 2 },
    `ada suspended ${KEY} under case case-7; 2 runs in flight go on with what they have`,
  ],
  ['KeyReinstated', ofCase, `ada reinstated ${KEY} under case case-7`],
  [
    'KeyKillChecked',
    { ...checked, says: 'dead', counts: true },
    `ada checked whether ${KEY} is dead: the vendor refuses it as no valid key`,
  ],
  [
    'KeyKillChecked',
    { ...checked, says: 'dead', counts: false },
    `ada checked whether ${KEY} is dead: the vendor refuses it as no valid key, which does not count: ` +
      'it was not shown to be about this key',
  ],
  [
    'KeyKillChecked',
    { ...checked, says: 'alive-unfunded', counts: false },
    `ada checked whether ${KEY} is dead: the vendor still knows it, and it can't spend`,
  ],
  [
    'KeyKillChecked',
    { ...checked, via: 'vendor-list', says: 'dead', counts: true },
    `ada looked for ${KEY} at the vendor, whose list no longer has it, or as inactive`,
  ],
  [
    'KeyKillChecked',
    { ...checked, says: 'not-checkable', counts: false },
    `ada could not check ${KEY}: its bytes are gone`,
  ],
  [
    'KeyRevocationRecorded',
    { ...revoked, how: 'console', revokedBy: 'Grace' },
    `ada recorded that ${KEY} was revoked in the vendor's console by Grace at ${NOW}`,
  ],
  [
    'KeyRevocationRecorded',
    { ...revoked, how: 'told', revokedBy: null },
    `ada recorded that ${KEY} was revoked as the customer tells at ${NOW}`,
  ],
  [
    'LeakReviewed',
    { ...reviewed, from: null, uses: 1, explained: [], unexplained: [] },
    `ada reviewed what was done with ${KEY} from the beginning to ${NOW} under case case-7: ` +
      '1 use, findings explained: 0, not explained: 0',
  ],
  [
    'LeakReviewed',
    { ...reviewed, from: NOW, uses: 3, explained: ['first-actor'], unexplained: ['burst', 'after-report'] },
    `ada reviewed what was done with ${KEY} from ${NOW} to ${NOW} under case case-7: ` +
      '3 uses, findings explained: 1, not explained: 2',
  ],
  [
    'LeakCaseClosed',
    { ...ofCase, outcome: 'contained', leftOpen: [] },
    `ada closed the case of ${KEY} under case case-7: contained: the vendor shows the key dead`,
  ],
  [
    'LeakCaseClosed',
    {
      ...ofCase,
      outcome: 'revoked-unconfirmed',
      leftOpen: [{ step: 'kill-check', reason: 'its bytes are gone' }],
    },
    `ada closed the case of ${KEY} under case case-7: revocation told, not confirmed; ` +
      'left open: the kill check (its bytes are gone)',
  ],
  [
    'RunKeyResumed',
    { runId: 'run-1', keyId: 'key-2', leaseUntil: NOW, renewal: true },
    `ada renewed the lease of run run-1 of project web on ${KEY}, until ${NOW}`,
  ],
];
