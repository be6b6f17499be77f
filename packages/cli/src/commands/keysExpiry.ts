import { command } from '../command';
import { keyOperand, optional, toggle, workspaceFlag } from '../input/flags';
import { parseInstant } from '../input/instants';
import { resolveKey } from '../keyArgument';
import { readableTime } from '../output/times';
import { UsageError } from '../problems';
import { keyJson, keyLine } from './keyWords';

const AT = '--at <time>';

/** @throws UsageError unless exactly one of the two was said */
const expiryOf = (at: number | undefined, none: boolean): number | null => {
  if ((at === undefined) !== none) {
    throw new UsageError('Say when with --at, or --none for no expiry: one of the two.');
  }
  return at ?? null;
};

export const keysExpiry = command({
  details: [
    'The time is shown in lists, and the key is due then (keyturn keys due). Nothing is refused to a key that is past',
    'it: runs go on, and new ones start.',
  ],
  operands: { key: keyOperand },
  flags: {
    workspace: workspaceFlag,
    at: optional(AT, 'RFC 3339, or a date: its end, UTC', (given) =>
      parseInstant('--at', String(given), 'end'),
    ),
    none: toggle('--none', 'it has no expiry'),
  },
  examples: [
    'keyturn keys expiry 6f0c3a1e --workspace acme --at 2027-03-31',
    'keyturn keys expiry 6f0c3a1e --workspace acme --none',
  ],
  run: async (session, { workspace, key: named, at, none }) => {
    const expiresAt = expiryOf(at, none);
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const keyId = await resolveKey(keyturn, context, named);
    const { key, changed, keyringRevision } = await keyturn.keys.setExpiry(context, { keyId, expiresAt });
    const words =
      expiresAt === null ? 'It has no expiry' : `It is to be replaced by ${readableTime(expiresAt)}`;
    return {
      json: { key: keyJson(key), changed, keyringRevision },
      lines: [key.display, keyLine(key), changed ? `${words}.` : `${words}: that was so already.`],
    };
  },
});
