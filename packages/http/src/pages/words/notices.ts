import { KILL_CHECK_SAYS, KILL_CHECK_SHOWS } from '@keyturn/pages';
import { looksLikeVendorKey } from 'keyturn';
import type { SignedNotice } from '../frame/signed';

/** What a page says once after an act. `about` is a last four, or the id of a run or project. */
const SENTENCES = {
  'key-added': (about: string) => `…${about} is on file.`,
  'key-added-default': (about: string) =>
    `…${about} is on file. It is the first key, so it is the Default at once.`,
  'key-added-odd': (about: string) =>
    `…${about} is on file. It does not look as keys of this vendor usually do: see whether it is the one you meant.`,
  'key-tested': (about: string) => `…${about} was tested.`,
  'key-renamed': (about: string) => `…${about} has its new label.`,
  'expiry-set': (about: string) => `The expiry of …${about} is saved.`,
  'default-set': (about: string) =>
    `…${about} is the Default. Runs under way keep the key that they started with.`,
  'default-set-left': (about: string) =>
    `…${about} is the Default of the workspace. Some projects stay on the old key, as you chose.`,
  'default-cleared': (about: string) => `${about} uses the workspace’s Default.`,
  'key-suspended': (about: string) => `…${about} is suspended.`,
  'key-reinstated': (about: string) => `…${about} serves again.`,
  'key-deleting': (about: string) => `…${about} is being deleted: it goes with the last run that holds it.`,
  'key-deleted': (about: string) => `…${about} is deleted, and its secret destroyed.`,
  'key-deleted-pending': (about: string) =>
    `…${about} is deleted. It can’t be opened any more; that its bytes are gone is not proven yet.`,
  'key-alive': (about: string) =>
    `…${about} is destroyed here. The vendor still took it a moment ago: revoke it there.`,
  'leak-reported': (about: string) => `…${about} is reported as leaked.`,
  'leak-withdrawn': (about: string) => `The report of …${about} is withdrawn.`,
  'revocation-recorded': (about: string) =>
    `It is recorded that …${about} was revoked. That is told: a kill check confirms it.`,
  'check-dead': (about: string) => `…${about}: ${KILL_CHECK_SAYS.dead} ${KILL_CHECK_SHOWS.dead}`,
  'check-refused': (about: string) => `…${about}: ${KILL_CHECK_SAYS.dead} ${KILL_CHECK_SHOWS.counts}`,
  'check-refused-uncounted': (about: string) =>
    `…${about}: ${KILL_CHECK_SAYS.dead} ${KILL_CHECK_SHOWS.countsNot}`,
  'check-alive': (about: string) => `…${about}: ${KILL_CHECK_SAYS.alive}`,
  'check-alive-unfunded': (about: string) => `…${about}: ${KILL_CHECK_SAYS['alive-unfunded']}`,
  'check-cannot-tell': (about: string) => `…${about}: ${KILL_CHECK_SAYS['cannot-tell']}`,
  'check-not-checkable': (about: string) => `…${about}: ${KILL_CHECK_SAYS['not-checkable']} It is recorded.`,
  'vendor-revoked': (about: string) =>
    `The vendor revoked …${about}. That does not show it dead: a kill check does.`,
  'vendor-revoked-dead': (about: string) =>
    `The vendor revoked …${about}, and it is dead: none of the keys there that may be it still works.`,
  'vendor-revoked-alive': (about: string) =>
    `The vendor revoked a key, and still takes …${about}: that may take a while, or another key is the one. Ask again.`,
  'vendor-inactive': (about: string) =>
    `The vendor showed …${about} revoked before. A kill check shows whether it is dead.`,
  'vendor-inactive-dead': (about: string) => `The vendor showed …${about} revoked before, and it is dead.`,
  'leak-reviewed': (about: string) => `The review of …${about} is recorded.`,
  'case-closed': (about: string) => `Case ${about} is closed.`,
  'run-ended': (about: string) => `Run ${about} is ended.`,
} as const;

export type NoticeCode = keyof typeof SENTENCES;

const isCode = (code: string): code is NoticeCode => Object.hasOwn(SENTENCES, code);

/** What has to be done something about. */
const BAD: ReadonlyArray<NoticeCode> = [
  'key-alive',
  'check-alive',
  'check-alive-unfunded',
  'vendor-revoked-alive',
];

/** What a page says once, and how it looks. */
export interface Told {
  readonly sentence: string;
  readonly tone: 'good' | 'bad';
}

/** The sentence of a notice; null for a code of another release. */
export const NOTICES = ({ code, about }: SignedNotice): Told | null =>
  isCode(code) && !looksLikeVendorKey(about)
    ? { sentence: SENTENCES[code](about), tone: BAD.includes(code) ? 'bad' : 'good' }
    : null;
