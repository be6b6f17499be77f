import type { ActContext, Keyturn, OfLeakCase } from 'keyturn';
import { UsageError } from '../problems';
import type { Session } from '../session';
import { withAdminCredential } from './adminCredential';
import { chosenAtVendor, countedAtVendor } from './keysAtVendor';

/** Which key of the vendor's list it is, where that is said. */
interface NamedThere {
  readonly vendorKey: string | undefined;
  readonly place: string | undefined;
}

interface Window {
  readonly since: number;
  readonly until: number;
}

/**
 * What the vendor counted of a key in a window, as a report takes it, with an admin credential from standard input, or
 * from a hidden prompt. It is asked for when all else is permitted, and wiped afterwards.
 *
 * @throws UsageError where the vendor tells none, or it is not known which key of its list is meant
 */
export const usageFromVendor = async (
  session: Session,
  keyturn: Keyturn,
  context: ActContext,
  of: OfLeakCase,
  { vendorKey, place, since, until }: NamedThere & Window,
): Promise<Uint8Array> => {
  const { atVendor } = keyturn.support;
  const how = await atVendor.how(context, of);
  const { vendorName } = how;
  if (how.usage.length === 0) {
    throw new UsageError(
      `--usage-from-vendor: ${vendorName} tells the usage of no single key. Give what it shows with --usage.`,
    );
  }
  const told = await withAdminCredential(
    session,
    how,
    'Nothing is changed there.',
    async (adminCredential) => {
      const given = { ...of, adminCredential, place: place ?? null };
      const idOf = async (): Promise<string> => {
        if (vendorKey !== undefined) return vendorKey;
        const found = await session.showing(`Asking ${vendorName}`, () => atVendor.find(context, given));
        const chosen = await chosenAtVendor(session, found);
        if (chosen !== null) return chosen.vendorKeyId;
        const ids = found.keys.map(({ vendorKeyId, hint }) => `${vendorKeyId} (${hint ?? 'no hint'})`);
        throw new UsageError(
          [
            `--usage-from-vendor: ${countedAtVendor(found)}`,
            ...(ids.length === 0 ? [] : [ids.join(', ')]),
          ].join(' ') + ' Say which one it is with --vendor-key ID, as the list names it.',
        );
      };
      const vendorKeyId = await idOf();
      return session.showing(`Asking ${vendorName}`, () =>
        atVendor.usage(context, { ...given, vendorKeyId, from: since, to: until }),
      );
    },
  );
  if (told.csv !== null) return new TextEncoder().encode(told.csv);
  throw new UsageError(
    told.outcome === 'not-found'
      ? `--usage-from-vendor: ${vendorName} has no key by that id.`
      : `--usage-from-vendor: ${vendorName} tells no usage of this key. Give what it shows with --usage.`,
  );
};
