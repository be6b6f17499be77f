import { afterEach, beforeEach } from '@jest/globals';
import { expectRight } from '@keyturn/testbed';
import { openKeyturnOnDisk, type KeyturnOnDisk } from './keyturnOnDisk';
import type { KeyturnOptions } from '../options';
import type { KeyAddition } from '../addKey';

/** A new data directory with a service on it for every test of a file. Call it at the top, ask it inside a test. */
export const freshSite = (options: () => Partial<KeyturnOptions> = () => ({})): (() => KeyturnOnDisk) => {
  let site: KeyturnOnDisk | null = null;
  beforeEach(async () => {
    site = await openKeyturnOnDisk(options());
  });
  afterEach(async () => {
    await site?.close();
    site = null;
  });
  return () => {
    if (site === null) throw new Error('The site is there inside a test only.');
    return site;
  };
};

/** A key that the sandbox accepts, on file through the site's own service. */
export const addedKey = async (
  site: KeyturnOnDisk,
  vendor = 'anthropic',
): Promise<KeyAddition & { readonly pasted: string }> => {
  const pasted = site.sandbox.issueKey(vendor);
  return { ...(await expectRight(site.keyturn.addKey(site.as(), { vendor, pasted }))), pasted };
};
