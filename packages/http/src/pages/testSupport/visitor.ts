import type { Chromium, OpenedPage } from '@keyturn/testbed/browser';
import { randomBytes } from 'node:crypto';
import type { Identity } from '../../options';
import { tokenOf, type AtWork } from '../../testSupport/atWork';

/** Signs the forms of tests. */
export const CSRF_SECRET = randomBytes(32).toString('base64url');

export type Look = NonNullable<Parameters<Chromium['open']>[1]>;

export interface Visitor extends OpenedPage {
  /** Goes to a page under the handler. */
  readonly go: (path: string) => Promise<void>;
  /** Ends the session at the embedding service: its cookie names nobody any more. */
  readonly logOut: () => Promise<void>;
}

/** Opens the screens as somebody with a session of the embedding service. */
export const visitor = async (
  chromium: Chromium,
  { url }: Pick<AtWork, 'url'>,
  identity: Partial<Identity>,
  look: Look = {},
): Promise<Visitor> => {
  const usual = { domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false } as const;
  const cookies = [{ name: 'session', value: tokenOf(identity), sameSite: 'Lax' as const, ...usual }];
  const opened = await chromium.open('about:blank', { ...look, storageState: { cookies, origins: [] } });
  const go = async (path: string): Promise<void> => {
    await opened.page.goto(`${url}${path}`);
  };
  await go('/');
  return { ...opened, go, logOut: () => opened.page.context().clearCookies() };
};
