import type { KnownKey } from 'keyturn';
import type { Page, Visit } from '../frame/page';
import { Note } from '../parts/note';
import { Rows } from '../parts/rows';
import { MaybeDay, MaybeText, MaybeTime, None, Day, Text } from '../parts/text';
import { WORDS } from '../words/words';
import { addedBy } from './addedBy';
import { FindKeys, foundKeys, keysPath } from './findKeys';
import { defaultPlaces, isFit, isOnFile, keyPath, placesInWords } from './keysOf';

const DAY_MS = 86_400_000;
const { keys: WORDING } = WORDS;

const Age = ({ of, now }: { readonly of: KnownKey; readonly now: number }) => (
  <>
    {WORDING.days(Math.floor((now - of.addedAt) / DAY_MS))}
    {of.rotateBy !== null && (
      <span class={of.rotateBy <= now ? 'label open' : 'label'}>
        {`${of.rotateBy <= now ? WORDING.due : WORDING.rotateBy} `}
        <Day at={of.rotateBy} />
      </span>
    )}
  </>
);

const RunsNow = ({ of, visit }: { readonly of: KnownKey; readonly visit: Visit }) =>
  of.runsInFlight === 0 ? (
    <None />
  ) : (
    <a href={visit.here(`/runs?${new URLSearchParams({ keyId: of.keyId, openOnly: 'true' }).toString()}`)}>
      {WORDS.key.runsNow(of.runsInFlight)}
    </a>
  );

/** The step of a rotation that comes after adding a key. Whether it is refused is said in its dialog. */
const SetDefault = ({ of, visit }: { readonly of: KnownKey; readonly visit: Visit }) =>
  of.isDefault || !isFit(of) || !visit.may('SetDefault') ? (
    <></>
  ) : (
    <a class="do" href={keyPath(visit, of.keyId, '/default')} data-dialog="">
      {WORDING.setDefault}
      <span class="hidden">{` …${of.last4}`}</span>
    </a>
  );

/** What is wrong is seen before it is read. */
const toneOf = (key: KnownKey): string => {
  if (key.hardDeleted) return 'soft';
  if (key.status === 'failed') return 'bad';
  return isFit(key) ? '' : 'open';
};

const rowOf = (key: KnownKey, visit: Visit, by: ReadonlyMap<string, string>) => [
  <>
    <a class={`key ${toneOf(key)}`} href={keyPath(visit, key.keyId)}>
      <Text>{key.display}</Text>
    </a>
    {key.label !== null && (
      <span class="label">
        <Text>{key.label}</Text>
      </span>
    )}
    <SetDefault of={key} visit={visit} />
  </>,
  <MaybeText>{WORDS.listed(defaultPlaces(key))}</MaybeText>,
  <RunsNow of={key} visit={visit} />,
  <MaybeTime at={key.lastUsedAt} />,
  <MaybeTime at={key.lastValidatedAt} />,
  <Age of={key} now={visit.now} />,
  <>
    <MaybeDay at={key.expiresAt} />
    {key.expiresAt !== null && key.expiresAt <= visit.now && (
      <span class="open">{` · ${WORDING.expired}`}</span>
    )}
  </>,
  <MaybeText>{by.get(key.keyId) ?? null}</MaybeText>,
];

/** Defaults that no run gets: each is said, since nothing is taken in their place. */
const BrokenDefaults = ({
  keys,
  visit,
}: {
  readonly keys: ReadonlyArray<KnownKey>;
  readonly visit: Visit;
}) => {
  const onFile = keys.filter(isOnFile);
  const hasNone = onFile.length > 0 && !onFile.some(({ isDefault }) => isDefault);
  const broken = onFile.filter((key) => !isFit(key) && defaultPlaces(key).length > 0);
  return (
    <>
      {hasNone && (
        <Note tone="open">
          <p>{WORDING.noDefault}</p>
        </Note>
      )}
      {broken.map((key) => (
        <Note tone="bad">
          <p>
            {WORDING.brokenDefault(placesInWords(key), `…${key.last4}`)}{' '}
            <a href={keyPath(visit, key.keyId)}>{WORDING.look(`…${key.last4}`)}</a>
          </p>
        </Note>
      ))}
    </>
  );
};

/** That keys which do not work are more likely the vendor's or this service's problem, each sentence once. */
const Faults = ({ keys }: { readonly keys: ReadonlyArray<KnownKey> }) => (
  <>
    {[...new Set(keys.flatMap(({ faultSentence }) => (faultSentence === null ? [] : [faultSentence])))].map(
      (sentence) => (
        <Note tone="open">
          <p>{sentence}</p>
        </Note>
      ),
    )}
  </>
);

const Empty = ({ visit }: { readonly visit: Visit }) => (
  <Note tone="open">
    <h2>{WORDING.empty}</h2>
    <p>{WORDING.emptyHint}</p>
    <p class="buttons">
      <a class="button first" href={visit.here('/keys/new')}>
        {WORDING.add}
      </a>
    </p>
  </Note>
);

const Tables = ({
  keys,
  visit,
  by,
}: {
  readonly keys: ReadonlyArray<KnownKey>;
  readonly visit: Visit;
  readonly by: ReadonlyMap<string, string>;
}) => {
  const vendors = [...new Set(keys.map(({ vendor }) => vendor))];
  return (
    <div class="keys">
      {vendors.map((vendor) => (
        <Rows
          caption={WORDING.ofVendor(visit.keyturn.vendors.get(vendor).name)}
          isHeading={true}
          names={Object.values(WORDING.columns)}
          rows={keys.filter((key) => key.vendor === vendor).map((key) => rowOf(key, visit, by))}
        />
      ))}
    </div>
  );
};

/** The keys of a workspace. */
export const keysPage: Page = {
  path: '/workspaces/:workspaceId/keys',
  permission: 'ListKeys',
  show: async (visit) => {
    const includeHardDeleted = visit.query.get('deleted') === 'true';
    const keys = await visit.keyturn.keys.list(visit.ctx, { includeHardDeleted });
    const found = foundKeys(visit, keys);
    const by = await addedBy(visit, keys);
    return {
      title: WORDING.title,
      screen: 'keys',
      body: (
        <>
          <div class="top">
            <div>
              <h1>{WORDING.title}</h1>
              <p class="soft">
                <Text>{WORDING.lead(visit.workspaceId)}</Text>
              </p>
            </div>
            {keys.length > 0 && visit.may('AddKey') && (
              <a class="button first" href={visit.here('/keys/new')}>
                {WORDING.add}
              </a>
            )}
          </div>
          <Faults keys={keys} />
          <BrokenDefaults keys={keys} visit={visit} />
          {keys.length === 0 ? (
            <Empty visit={visit} />
          ) : (
            <>
              <FindKeys visit={visit} found={found.length} all={keys.length} />
              {found.length === 0 && <p>{WORDING.noneFound}</p>}
              <Tables keys={found} visit={visit} by={by} />
            </>
          )}
          <p>
            <a href={keysPath(visit, { deleted: includeHardDeleted ? undefined : 'true' })}>
              {includeHardDeleted ? WORDING.hideDeleted : WORDING.showDeleted}
            </a>
          </p>
        </>
      ),
    };
  },
  act: null,
};
