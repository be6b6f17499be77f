import type { VendorProfile } from 'keyturn';
import { UsageError } from '../problems';
import type { Session } from '../session';
import type { Check } from './doctorChecks';

const OLDEST_DAYS = 180;
const DAY_MS = 86_400_000;

const isOld = ({ checkedOn }: VendorProfile): boolean =>
  Math.floor((Date.now() - Date.parse(checkedOn)) / DAY_MS) > OLDEST_DAYS;

const slugs = (profiles: ReadonlyArray<VendorProfile>): ReadonlyArray<string> =>
  profiles.map(({ vendor }) => vendor);
const names = (profiles: ReadonlyArray<VendorProfile>): string => slugs(profiles).join(', ');

const checkedLongAgo = (profiles: ReadonlyArray<VendorProfile>): string =>
  `Facts were last checked over ${OLDEST_DAYS} days ago, of ${names(profiles)}`;

const checkOf = (profiles: ReadonlyArray<VendorProfile>, file: string | null): Check => {
  const own = profiles.filter(({ isOwnTable }) => isOwnTable);
  const old = profiles.filter(isOld);
  const [oldOwn, oldOurs] = [old.filter((one) => one.isOwnTable), old.filter((one) => !one.isOwnTable)];
  const next = [
    ...(oldOurs.length === 0 ? [] : [`${checkedLongAgo(oldOurs)}: take a newer release of Keyturn.`]),
    ...(oldOwn.length === 0
      ? []
      : [
          `${checkedLongAgo(oldOwn)}, by your own tables: look at the vendor's pages again, then write the day ` +
            'into version.',
        ]),
  ];
  const count = `${profiles.length} vendors`;
  return {
    check: 'vendor tables',
    ok: next.length === 0,
    found: own.length === 0 ? count : `${count}; by ${file ?? 'tables of your own'}: ${names(own)}`,
    next,
  };
};

/** Nothing opens with an operator's tables that can't be used. */
const unusable = (message: string): Check => ({
  check: 'vendor tables',
  ok: false,
  found: 'can not be used; what comes after them is not looked at',
  next: [message],
});

/** What was found of the vendors' tables. */
interface TablesFound {
  readonly check: Check;
  /** The vendors that are known. */
  readonly vendors: ReadonlyArray<string>;
  /** Whether anything can be opened with them. */
  readonly usable: boolean;
}

/**
 * Looks at the vendors' tables, an operator's own among them. Their facts grow old: models are retired, and answers
 * change.
 */
export const vendorTables = async ({ settings, vendorTables: own }: Session): Promise<TablesFound> => {
  const { vendorProfiles } = await import('keyturn');
  try {
    const profiles = vendorProfiles(await own());
    return { check: checkOf(profiles, settings.vendorsFile), vendors: slugs(profiles), usable: true };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { check: unusable(error.message), vendors: slugs(vendorProfiles()), usable: false };
  }
};
