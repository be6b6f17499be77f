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
  'run-ended': (about: string) => `Run ${about} is ended.`,
} as const;

export type NoticeCode = keyof typeof SENTENCES;

const isCode = (code: string): code is NoticeCode => Object.hasOwn(SENTENCES, code);

/** The sentence of a notice; null for a code of another release. */
export const NOTICES = ({ code, about }: SignedNotice): string | null =>
  isCode(code) && !looksLikeVendorKey(about) ? SENTENCES[code](about) : null;
