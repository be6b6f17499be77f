import type { FoundAtVendor, KeyAtVendor } from 'keyturn';
import { isoOrNull, readableTime } from '../output/times';
import type { Line } from '../output/report';
import { NotConfirmed } from '../problems';
import type { Session } from '../session';

const timeOf = (at: number | null): string => (at === null ? '–' : readableTime(at));

const FITS: { readonly [F in KeyAtVendor['fits']]: string } = {
  hint: 'by its hint',
  unknown: 'not known',
};

export const tableOfKeys = (keys: ReadonlyArray<KeyAtVendor>): Line => ({
  headings: ['id', 'hint', 'name', 'created', 'last used', 'owner', 'status', 'is it'],
  rows: keys.map(({ vendorKeyId, hint, name, createdAt, lastUsedAt, owner, status, fits }) => [
    vendorKeyId,
    hint ?? '–',
    name ?? '–',
    timeOf(createdAt),
    timeOf(lastUsedAt),
    owner ?? '–',
    status,
    FITS[fits],
  ]),
});

export const keyAtVendorJson = ({ createdAt, lastUsedAt, ...key }: KeyAtVendor): object => ({
  ...key,
  createdAt: isoOrNull(createdAt),
  lastUsedAt: isoOrNull(lastUsedAt),
});

export const countedAtVendor = ({ vendorName, keys, listed, otherHint, madeLater }: FoundAtVendor): string =>
  `${vendorName} lists ${listed} ${listed === 1 ? 'key' : 'keys'}; ${keys.length} may be this one, ` +
  `${otherHint} ${otherHint === 1 ? 'ends' : 'end'} otherwise, ${madeLater} ` +
  `${madeLater === 1 ? 'was' : 'were'} made later.`;

/** What is known of a key at its vendor, for who decides by it. */
const described = (key: KeyAtVendor): ReadonlyArray<string> => [
  `id          ${key.vendorKeyId}`,
  `hint        ${key.hint ?? '–'}${key.fits === 'hint' ? '' : ' (which does not tell whether it is this key)'}`,
  `name        ${key.name ?? '–'}`,
  `created     ${timeOf(key.createdAt)}`,
  `last used   ${timeOf(key.lastUsedAt)}`,
  `owner       ${key.owner ?? '–'}`,
  `status      ${key.status}`,
];

/** Shows a person the one key that is meant, and asks; false where there is nobody to ask. @throws NotConfirmed */
export const confirmed = async ({ io }: Session, key: KeyAtVendor, vendorName: string): Promise<boolean> => {
  if (io.confirm === null) return false;
  const lines = described(key).map((line) => `  ${line}\n`);
  await io.stderr.write(`This key of ${vendorName} is revoked there:\n${lines.join('')}`);
  if (!(await io.confirm('Type yes to go on: '))) throw new NotConfirmed();
  return true;
};

/**
 * The key that is meant: the only one that may be it, or the one whose number a person gives. Null where none may be
 * it, and where several may and there is nobody to ask. A number that is none is asked for again.
 *
 * @throws NotConfirmed where nothing is typed
 */
export const chosenAtVendor = async ({ io }: Session, found: FoundAtVendor): Promise<KeyAtVendor | null> => {
  const [only, ...others] = found.keys;
  if (only === undefined || others.length === 0) return only ?? null;
  const { askLine } = io;
  if (askLine === undefined || askLine === null) return null;
  const numbered = found.keys.map((key, index) => {
    const [first = '', ...rest] = described(key);
    return `${String(index + 1).padStart(3)}  ${first}\n${rest.map((line) => `     ${line}\n`).join('')}`;
  });
  await io.stderr.write(`${countedAtVendor(found)}\n${numbered.join('')}`);
  for (;;) {
    const answer = await askLine(`Which one is it? Type its number, 1 to ${found.keys.length}, or nothing: `);
    if (answer === null || answer === '') throw new NotConfirmed();
    const chosen = /^\d{1,4}$/.test(answer) ? found.keys[Number(answer) - 1] : undefined;
    if (chosen !== undefined) return chosen;
  }
};
