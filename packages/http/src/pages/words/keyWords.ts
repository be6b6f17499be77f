import type { FailureReason } from 'keyturn';
import { listed, plural } from './counting';

/** The catalogue, of keys and what is done with them. */
export const KEY_WORDS = {
  keys: {
    title: 'Keys',
    lead: (workspace: string) => `Workspace ${workspace}`,
    add: 'Add key',
    empty: 'No key is on file yet.',
    emptyHint:
      'No run can start without one. Generate a key in your vendor’s console, then add it here: it is tested with ' +
      'a call of one token, and the first key is the Default at once.',
    columns: {
      key: 'Key',
      defaultOf: 'Default of',
      runs: 'Runs now',
      lastRun: 'Last run',
      lastTest: 'Last good test',
      age: 'Age',
      expires: 'Expires',
      addedBy: 'Added by',
    },
    find: 'Find',
    findHint: 'In label, vendor, last four and id.',
    found: (count: number, all: number) => `${count} of ${plural(all, 'key')}.`,
    noneFound: 'No key fits.',
    setDefault: 'Set as Default',
    ofVendor: (vendor: string) => `${vendor}: keys`,
    workspaceDefault: 'Workspace',
    days: (days: number) => (days < 1 ? 'today' : plural(days, 'day')),
    rotateBy: 'rotate by',
    due: 'due',
    expired: 'past',
    showDeleted: 'Show deleted keys',
    hideDeleted: 'Hide deleted keys',
    brokenDefault: (whose: string, key: string) =>
      `The Default of ${whose}, ${key}, does not work, and no other key is taken in its place.`,
    workspace: 'the workspace',
    project: (id: string) => `project ${id}`,
    look: (key: string) => `Look at ${key}`,
    noDefault: 'No key is Default: a run that names neither vendor nor key can’t start.',
  },

  key: {
    title: (last4: string) => `Key …${last4}`,
    facts: {
      vendor: 'Vendor',
      label: 'Label',
      id: 'Key id',
      endpoint: 'Endpoint',
      region: 'Region',
      model: 'Model',
      defaultOf: 'Default of',
      runs: 'Runs now',
      lastRun: 'Last run',
      lastTest: 'Last good test',
      added: 'Added',
      by: 'by',
      rotateBy: 'Rotate by',
      expires: 'Expires',
      cases: 'Leak cases',
      deleted: 'Deleted',
      destroyed: 'Secret destroyed',
    },
    runsNow: (count: number) => (count === 0 ? 'none' : plural(count, 'run')),
    acts: 'What you can do',
    pending: 'The test call is under way.',
    pendingHint: 'Its outcome shows here by itself. Without a script, look again in a moment.',
    lookAgain: 'Look again',
    isDefault: 'It is the Default of the workspace already.',
    clearProject: (project: string) => `Let ${project} use the workspace’s Default`,
    revokeTitle: (last4: string, vendor: string) => `Now revoke …${last4} in ${vendor}’s console`,
    revokeWhy:
      'Keyturn uses the key no more, but the vendor still takes it from whoever has it. Only they can end it.',
    revokeLater: 'When its last run has ended, revoke it there:',
    openConsole: (vendor: string) => `Open ${vendor}’s console`,
    askVendor: (vendor: string) => `Ask ${vendor}, or whoever runs the endpoint, how its keys are revoked.`,
    toKeys: 'All keys',
    history: 'Its activity',
    itsRuns: 'Its runs',
  },

  advice: {
    rejected:
      'It is this key. If you are sure that it is valid: confirm there are no leading or trailing spaces in the ' +
      'paste. It stays on file, and no run gets it.',
    unfunded: 'It is this key’s account: add credit or raise the limit at the vendor, then test it again.',
    restricted: 'It is this key’s rights: permit the call in the vendor’s console, then test it again.',
    leaked: 'The vendor says that this key leaked. Revoke it there, then hard-delete it here.',
    misdirected:
      'It is where this key belongs: look up its endpoint, region or model, delete this key, and add it anew.',
  } satisfies { readonly [R in FailureReason]: string },

  noVerdict: (vendor: string) =>
    `This says nothing of the key: ${vendor} gave no verdict, so its state stays as it was. Test it again in a while.`,

  add: {
    title: 'Add key',
    vendor: 'Vendor',
    choose: 'Choose a vendor',
    label: 'Label',
    labelHint: 'A name of your own, such as prod-2. May be left empty.',
    pasted: 'Key',
    pastedHint:
      'Paste the key as the vendor shows it. It is tested with a call of one token, and only its last four ' +
      'characters are shown ever after.',
    save: 'Save it in your password manager.',
    clean: 'Take off what does not belong to the key',
    cleanHint: 'White space, quotes or a name around it.',
    again: 'Paste the key again: it is never sent back to this page.',
    vendorIsCertain: 'It really is a key of the vendor that I chose',
    keyIsCertain: 'The key is exactly as I pasted it',
    where: 'Where the key belongs',
    needs: (vendors: ReadonlyArray<string>) => `Needed for ${listed(vendors)}.`,
    endpoint: 'Endpoint',
    region: 'Region',
    model: 'Model or deployment',
    expires: 'Replace it by',
    expiresHint: 'A date, such as 2027-03-31. May be left empty.',
    more: 'More',
    submit: 'Add key',
  },

  default: {
    title: (last4: string) => `Set …${last4} as Default`,
    act: 'Set as Default',
    lead: 'New runs use this key from now on. Runs under way keep the key that they started with.',
    of: 'Default of',
    workspace: 'The workspace',
    project: 'One project',
    projectId: 'Project id',
    stays: (projects: ReadonlyArray<string>, last4: string) =>
      `${listed(projects)} ${projects.length === 1 ? 'has' : 'have'} …${last4} as a Default of ` +
      `${projects.length === 1 ? 'its' : 'their'} own, and would stay on it.`,
    follow: (projects: number) => `Move ${projects === 1 ? 'it' : 'them'} to this key, too`,
    instead: (last4: string) => `It takes the place of …${last4}.`,
  },

  rename: { title: (last4: string) => `Rename …${last4}`, act: 'Rename', submit: 'Save the label' },

  expiry: {
    title: (last4: string) => `Expiry of …${last4}`,
    act: 'Set expiry',
    lead: 'The key is shown as due then. Nothing is refused to it.',
    submit: 'Save the expiry',
  },

  test: { act: 'Test again', hint: 'One token at the vendor.' },

  suspend: {
    title: (last4: string) => `Suspend …${last4}`,
    act: 'Suspend',
    lead: 'It stops the workspace’s own runs, and can be taken back.',
    noRun: (last4: string) =>
      `No new run gets …${last4}, no open run gets it again, and it is not test-called but for a kill check.`,
    runs: (count: number) =>
      count === 0
        ? 'No open run has it.'
        : `${plural(count, 'open run')} ${count === 1 ? 'has it, and goes' : 'have it, and go'} on with it.`,
    staysDefault: (where: string) =>
      `It stays Default of ${where}: new runs there are refused until another key is.`,
    noThief: 'It stops no thief, who calls the vendor, and not us. Only revoking the key at the vendor does.',
    case: 'Case',
    notReported: 'It was not reported as leaked. Report it under a case first, then suspend it under that.',
  },
  reinstate: {
    title: (last4: string) => `Reinstate …${last4}`,
    act: 'Reinstate',
    lead: 'The key serves again as before. Its leak report stays.',
  },

  delete: {
    title: (last4: string) => `Delete …${last4}`,
    hint: 'What it would do is shown first. Runs that hold it finish on it.',
    act: 'Delete',
    submit: (last4: string) => `Delete …${last4}`,
    would: 'This will happen:',
    successor: 'Becomes Default in its place',
    show: 'Show what this would do',
    leaveEmpty: 'Leave the workspace without a key',
    retired: (last4: string, runs: number) =>
      `${plural(runs, 'run')} ${runs === 1 ? 'finishes' : 'finish'} first. …${last4} goes to no new run, and is ` +
      'destroyed when the last of them ends.',
    destroyed: (last4: string) => `…${last4} is destroyed at once. No run holds it.`,
    becomes: (last4: string, where: ReadonlyArray<string>) =>
      `…${last4} becomes Default of ${listed(where)}.`,
    without: (where: ReadonlyArray<string>) => `${listed(where)} is left without a Default.`,
    nothing: 'It is deleted already.',
  },

  hardDelete: {
    title: (last4: string) => `Hard-delete …${last4}`,
    act: 'Hard delete',
    lead: 'For a key that leaked. Its secret is destroyed now, whatever holds it, and nothing brings it back.',
    interrupts: (runs: ReadonlyArray<string>) =>
      `${plural(runs.length, 'run')} ${runs.length === 1 ? 'is' : 'are'} interrupted: ${listed(runs)}.`,
    noRuns: 'No run holds it.',
    reported: 'It is reported as leaked: its secret does not come back on file.',
    case: 'Case id',
    caseHint: 'As your tracker writes it, such as SEC/1042.',
    reason: 'Why',
    leak: 'It leaked, or may have',
    other: 'Something else',
    killCheck: 'Ask the vendor once whether it still takes the key, before its bytes are gone',
    last4: 'Type its last four characters',
    last4Hint: (last4: string) => `So that no other key is meant: ${last4}`,
    submit: (last4: string) => `Destroy …${last4} now`,
  },
} as const;
