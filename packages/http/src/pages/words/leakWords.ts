import { LEAK_OUTCOME_WORDS, LEAK_STEP_NAMES, leakRunsWords, leakTimeWords } from '@keyturn/pages';
import type { CloseLeakCaseInput, KnownOrNot, LeakStepStanding, RecordRevocationInput } from 'keyturn';
import { listed, plural } from './counting';

type Step = LeakStepStanding['step'];

const CASE_HINT = 'As your tracker writes it, such as SEC/1042.';

/** The catalogue, of leak review. */
export const LEAK_WORDS = {
  leaks: {
    title: 'Leak review',
    titleOfAll: 'Leak review of all workspaces',
    lead: 'For a key that may have leaked: find it, report it under a case, then go through the nine steps.',
    under: (caseId: string) => `Under case ${caseId}: what is done here is recorded with it.`,
    all: 'Look in all workspaces',
    back: 'Back to leak review',

    byValue: 'Find it by its value',
    pasted: 'The key itself',
    pastedHint:
      'It is only recognised: it goes to no vendor, and is not stored or shown. Destroyed keys are found, too.',
    findByValue: 'Find this key',
    byEnding: 'Find it by what you know of it',
    last4: 'Last four characters',
    keyId: 'Key id',
    keyIdHint: 'The whole of it.',
    find: 'Find',
    found: (count: number) => plural(count, 'key'),
    foundNone: 'No such key is or was on file.',
    columns: {
      key: 'Key',
      workspace: 'Workspace',
      vendor: 'Vendor',
      label: 'Label',
      added: 'Added',
      lastUsed: 'Last used',
      case: 'Leak case',
    },
    report: 'Report it',

    openCase: 'Open a case',
    case: 'Case id',
    caseHint: CASE_HINT,
    open: 'Open',
    cases: 'Keys that were reported',
    reported: 'Reported',
    noCases: 'No key of this workspace was reported.',
  },

  leakCase: {
    title: (caseId: string) => `Case ${caseId}`,
    unknown: 'No key was reported under this case.',
    unknownHint: 'Find the key that is meant, and report it under this case.',
    hidden: (count: number) => `${plural(count, 'workspace')} of the case may not be shown to you.`,
    closed: 'The case is closed.',
    inAll: 'This case in all workspaces',
    entries: 'What was done',
    allEntries: 'All of its entries in the audit log',
    entryColumns: { when: 'When', what: 'What happened' },
    caption: 'Keys of the case',
    columns: { key: 'Key', workspace: 'Workspace', outcome: 'How it stands', next: 'Next' },
    nothingNext: 'nothing',

    key: (last4: string, vendor: string) => `…${last4}, ${vendor}`,
    facts: { label: 'Label', state: 'State', runs: leakRunsWords },
    suspended: 'Suspended.',
    times: leakTimeWords,
    outcome: LEAK_OUTCOME_WORDS,
    notCheckable: 'A kill check could not be made: nobody had the bytes of the key.',
    steps: LEAK_STEP_NAMES,
    state: { done: 'done', next: 'next', open: 'open', left: 'left open' },
    by: 'by',
    mail: 'Mail to the customer',
    copyMail: 'Copy the mail',
    mayNot: 'You may not do this step.',
    todo: {
      find: 'Find the key that is meant.',
      report: 'Its secret does not come back on file then.',
      'stop-stranger':
        'A stranger may be using the key, and calls the vendor, not us. So revoking it there comes before all else.',
      successor: 'A new key, valid by a fresh test call, and Default wherever the old one was.',
      revoke: 'Only the vendor can end the key. Its steps are shown, then what was done is recorded.',
      'kill-check':
        'Three refusals in a row over five minutes show a key dead. Revocation is not instant: ask again.',
      'hard-delete': 'Its secret is destroyed in the vault. It may come first: no open step holds it up.',
      review: 'What it was used for, and what of that is anomalous.',
      close: 'Each step that stays open is named with its reason.',
    } satisfies { readonly [S in Step]: string },
    acts: {
      report: 'Report it',
      revoke: 'Revoke at the vendor',
      addKey: 'Add the new key',
      setDefault: (last4: string) => `Set …${last4} as Default`,
      check: 'Ask the vendor now',
      checkPasted: 'Ask with the key itself',
      hardDelete: 'Hard delete',
      exposure: 'Exposure report and review',
      close: 'Close the case',
      withdraw: 'Withdraw the report',
      certificate: 'Certificate of destruction',
    },
    also: 'Also',
  },

  reportLeak: {
    title: (last4: string) => `Report …${last4} as leaked`,
    act: 'Report a leak',
    hint: 'It leaked, or may have: a case leads through what is to be done.',
    lead:
      'Its secret does not come back on file. The key serves on, yet it becomes no Default and no successor. ' +
      'Unless no stranger has it, revoking it at its vendor comes before everything else.',
    since: (zone: string) => `Suspected since (${zone})`,
    sinceHint: 'Leave it empty where nobody knows.',
    source: 'From where the report came',
    sourceHint: 'Such as “a public repository”. Never paste a key here.',
    reportedBy: 'Who noticed it',
    reportedByHint: 'Where that is somebody else than you.',
    stranger: 'Does a stranger use it, or is that feared?',
    usedElsewhere: 'Is the same key used anywhere else?',
    known: { yes: 'Yes', no: 'No', unknown: 'Nobody knows' } satisfies { readonly [K in KnownOrNot]: string },
    submit: (last4: string) => `Report …${last4}`,
  },

  withdraw: {
    title: (last4: string) => `Withdraw the report of …${last4}`,
    lead:
      'It was about another key, or under another case. With the last report go the ban of the secret and its ' +
      'suspension. A key that is hard-deleted stays reported.',
    reason: 'Why',
    reasonHint: 'It is kept and shown.',
    submit: 'Withdraw the report',
  },

  revokeLeaked: {
    title: (last4: string) => `Revoke …${last4} at its vendor`,
    fail: (runs: ReadonlyArray<string>) =>
      `${plural(runs.length, 'open run')} ${runs.length === 1 ? 'has' : 'have'} the key, and ` +
      `${runs.length === 1 ? 'fails' : 'fail'} at the vendor once it is revoked: ${listed(runs)}.`,
    why: 'The vendor takes the key from whoever has it. Only they can end that.',
    record: 'Then record it',
    recordLead: 'What a person says is told, and not confirmed: a kill check confirms it.',
    how: 'How it is known',
    ways: {
      console: 'I revoked it in the vendor’s console',
      told: 'Somebody told me that it is revoked',
    } satisfies {
      readonly [H in Exclude<RecordRevocationInput['how'], 'vendor-api'>]: string;
    },
    by: 'Who revoked it',
    byHint: 'Where that is somebody else than you.',
    at: (zone: string) => `When (${zone})`,
    atHint: 'Now, where it is left empty.',
    undo: 'Can it be undone at the vendor?',
    submit: 'Record the revocation',
    through: 'Or have the vendor revoke it',
    throughHint: 'With an admin credential of your own, which is used once and kept nowhere.',
  },

  atVendor: {
    title: (last4: string) => `Have the vendor revoke …${last4}`,
    takes: (credential: string) => `This takes ${credential}. It is used once, and kept nowhere.`,
    madeAt: 'Where it is made',
    only: (plans: string) => `It is there for ${plans}.`,
    undo: (how: string) => `To undo it there: ${how}.`,
    noUndo: 'It can’t be undone there.',
    credential: 'Admin credential',
    credentialHint: 'It goes up once, and is in no page. Never send it to anybody, support least of all.',
    again: 'Paste the admin credential again: it is never sent back to this page.',
    place: 'Project, workspace or team',
    placeHint: 'The vendor’s own id of it. Where the vendor lists them, all are looked in when it is empty.',
    find: 'Find the key in the vendor’s list',
    counted: (vendor: string, listedKeys: number, fitting: number) =>
      `${vendor} lists ${plural(listedKeys, 'key')}; ${fitting} may be this one.`,
    none: 'Nothing was revoked. Look in another organisation, or revoke it by hand.',
    which: 'Which one is it?',
    fits: { hint: 'ends as this key does', unknown: 'nothing tells whether it is this key' },
    facts: { name: 'name', created: 'created', lastUsed: 'last used', owner: 'owner' },
    submit: 'Revoke it at the vendor',
  },

  check: {
    title: (last4: string) => `Kill check of …${last4}`,
    lead:
      'The vendor is asked once whether it still takes the key, by a free call where it has one. Three refusals in ' +
      'a row over five minutes show it dead.',
    pasted: 'The key itself',
    pastedHint: 'It is destroyed here. It has to be that very key; nothing of it is stored or shown.',
    submit: 'Ask the vendor now',
    nobody: 'Nobody has it any more',
    nobodyHint: 'Then nothing can be asked. That is recorded.',
  },

  exposure: {
    window: 'Another window, or the vendor’s usage',
    since: (zone: string) => `From (${zone})`,
    sinceHint: 'When the leak is suspected, where it is left empty.',
    until: (zone: string) => `Before (${zone})`,
    untilHint: 'Now, where it is left empty.',
    habits: 'Ask the rules about habits, too',
    habitsHint: 'Bursts, and unusual hours. They are wrong more often.',
    usage: 'What the vendor counted',
    usageHint:
      'The text of a file of its usage, or lines of start,end,requests. Only that shows a thief who calls the vendor.',
    pasted: 'The key itself',
    pastedHint:
      'For support alone: whether the same secret is on file in another workspace. Nothing of it is kept.',
    submit: 'Make the report',
    files: 'Keep it',
    html: 'As one HTML page',
    json: 'As JSON',
    review: 'Record your review',
    reviewLead: (uses: number) =>
      `It records who looked at this window, and at ${plural(uses, 'use')}. A finding that you do not tick is ` +
      'recorded as not explained.',
    explained: 'It is known why:',
    note: 'Note',
    noteHint: 'What is to be remembered of it. Never paste a key here.',
    submitReview: 'Record the review',
  },

  closeCase: {
    title: (caseId: string) => `Close case ${caseId}`,
    lead: 'What the case came to follows from what the vendor showed: that a key is contained can’t be typed in.',
    nothingOpen: 'Nothing is left to be done.',
    stillOpen: 'These steps are open. To close without one, say why:',
    reason: (step: NonNullable<CloseLeakCaseInput['leftOpen']>[number]['step']) =>
      `${LEAK_STEP_NAMES[step]}: why it stays open`,
    submit: 'Close the case',
  },
} as const;
