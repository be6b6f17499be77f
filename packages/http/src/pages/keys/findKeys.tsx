import type { KnownKey } from 'keyturn';
import { filterOf } from '../frame/filters';
import type { Visit } from '../frame/page';
import { Field } from '../parts/fields';
import { WORDS } from '../words/words';

const { keys: WORDING } = WORDS;

/** As many are looked over at a glance. */
const AT_A_GLANCE = 10;
const LONGEST = 64;

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** The list with another choice: what else was chosen stays. */
export const keysPath = (
  visit: Visit,
  choice: { readonly find?: undefined } | { readonly deleted: 'true' | undefined },
): string => {
  const chosen = { find: filterOf(visit, 'find'), deleted: filterOf(visit, 'deleted'), ...choice };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(chosen)) if (value !== undefined) query.set(name, value);
  return visit.here(query.size === 0 ? '/keys' : `/keys?${query.toString()}`);
};

/** The keys that the address asks for; all of them where it asks for none. */
export const foundKeys = (visit: Visit, keys: ReadonlyArray<KnownKey>): ReadonlyArray<KnownKey> => {
  const wanted = filterOf(visit, 'find');
  if (wanted === undefined) return keys;
  const part = folded(wanted.replace(/^…/, ''));
  return keys.filter(({ keyId, label, last4, vendor }) =>
    [keyId, label ?? '', last4, vendor, visit.keyturn.vendors.get(vendor).name].some((text) =>
      folded(text).includes(part),
    ),
  );
};

/** Finds keys among many. */
export const FindKeys = ({
  visit,
  found,
  all,
}: {
  readonly visit: Visit;
  readonly found: number;
  readonly all: number;
}) => {
  const wanted = filterOf(visit, 'find');
  if (all <= AT_A_GLANCE && wanted === undefined) return <></>;
  return (
    <form method="get" action={visit.here('/keys')} class="filters" role="search">
      <Field
        name="find"
        label={WORDING.find}
        hint={WORDING.findHint}
        value={wanted ?? ''}
        maxlength={LONGEST}
      />
      {visit.query.get('deleted') === 'true' && <input type="hidden" name="deleted" value="true" />}
      <div class="buttons">
        <button type="submit">{WORDS.filter}</button>
        {wanted !== undefined && (
          <>
            <a href={keysPath(visit, { find: undefined })}>{WORDS.clearFilter}</a>
            <span class="soft">{WORDING.found(found, all)}</span>
          </>
        )}
      </div>
    </form>
  );
};
