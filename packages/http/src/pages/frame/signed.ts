import { createHmac, timingSafeEqual } from 'node:crypto';

const macOf = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64url');

/** Whether two texts are the same, in a time that says nothing of where they differ. */
const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** A token of a form: only pages of this session have it. */
export const formToken = (secret: string, sessionId: string): string => macOf(secret, `form\n${sessionId}`);

/** Whether a form comes from a page of this session. */
export const isFormToken = (secret: string, sessionId: string, given: string): boolean =>
  isSame(formToken(secret, sessionId), given);

/** So long a notice is shown that somebody is sent on with: whoever comes later reads what is, not what was. */
const NOTICE_MS = 120_000;

/** What a page says once, after an act: a code of the catalogue, and the key or run that it was about. */
export interface SignedNotice {
  readonly code: string;
  readonly about: string;
}

/** A notice as a parameter. It is signed for this session: a link of somebody else's can't say that a key is gone. */
export const signNotice = (
  secret: string,
  sessionId: string,
  { code, about }: SignedNotice,
  now = Date.now(),
): string => {
  const text = `${code}~${now.toString(36)}~${about}`;
  return `${text}~${macOf(secret, `notice\n${sessionId}\n${text}`)}`;
};

/** The notice that a parameter holds; null where it is not ours, or old. */
export const readNotice = (
  secret: string,
  sessionId: string,
  given: string,
  now = Date.now(),
): SignedNotice | null => {
  const end = given.lastIndexOf('~');
  const text = given.slice(0, Math.max(end, 0));
  const [, code, time, about] = /^([a-z-]+)~([a-z0-9]+)~(.*)$/s.exec(text) ?? [];
  if (code === undefined || time === undefined || about === undefined) return null;
  if (!isSame(macOf(secret, `notice\n${sessionId}\n${text}`), given.slice(end + 1))) return null;
  const age = now - Number.parseInt(time, 36);
  return age >= 0 && age <= NOTICE_MS ? { code, about } : null;
};
