import { isKeyturnError, type Health, type Reached, type VendorTrouble } from 'keyturn';
import type { Page, Visit } from '../frame/page';
import { Note } from '../parts/note';
import { Rows } from '../parts/rows';
import { Text, Time } from '../parts/text';
import { WORDS } from '../words/words';

const { health: WORDING } = WORDS;
const TONES = { ok: 'good', degraded: 'open', failing: 'bad' } as const;

const State = ({ isWell, children }: { readonly isWell: boolean; readonly children: string }) => (
  <span class={isWell ? 'good' : 'bad'}>{children}</span>
);

const reachedRow = (name: string, { reachable, fault }: Reached) => [
  name,
  <State isWell={reachable}>{reachable ? WORDING.reached : WORDING.away}</State>,
  <Text>{fault ?? ''}</Text>,
];

const projectionRows = ({ projections }: Health) =>
  projections.map(({ name, lag, lastError, stopped }) => [
    <code>{name}</code>,
    <State isWell={lastError === null && stopped.length === 0}>
      {lag === '0' ? WORDING.upToDate : WORDING.behind(lag)}
    </State>,
    <Text>{lastError ?? (stopped.length > 0 ? WORDING.stopped(stopped.length) : '')}</Text>,
  ]);

const sweepRow = ({ housekeeping }: Health) => {
  if (housekeeping === null) return [WORDING.sweep, WORDING.elsewhere, ''];
  const { sweptAt, sweepFault, pending, overdueRuns, unconfirmedDestructions } = housekeeping;
  const isWell = sweepFault === null && pending === 0 && unconfirmedDestructions === 0;
  const more = [
    ...(pending > 0 ? [WORDING.pendings(pending)] : []),
    ...(overdueRuns > 0 ? [WORDING.overdue(overdueRuns)] : []),
    ...(unconfirmedDestructions > 0 ? [WORDING.unconfirmed(unconfirmedDestructions)] : []),
    ...(sweepFault === null ? [] : [sweepFault]),
  ];
  return [
    WORDING.sweep,
    <>
      <State isWell={isWell}>{sweptAt === null ? WORDING.notYet : WORDING.swept}</State>{' '}
      {sweptAt !== null && <Time at={sweptAt} />}
    </>,
    <Text>{more.join('; ')}</Text>,
  ];
};

const refusalsRow = ({ refusalFault }: Health) => [
  WORDING.refusals,
  <State isWell={refusalFault === null}>{refusalFault === null ? WORDING.well : WORDING.away}</State>,
  <Text>{refusalFault ?? ''}</Text>,
];

/** How vendors fare for all workspaces, where that may be told. */
const troublesOf = async ({
  keyturn,
  identity,
  may,
}: Visit): Promise<ReadonlyArray<VendorTrouble> | null> => {
  if (identity.workspaces !== 'all' || !may('ListWorkspaces')) return null;
  try {
    return await keyturn.vendors.troubles({ actor: identity.actor });
  } catch (error) {
    if (isKeyturnError(error) && error.code === 'not-permitted') return null;
    throw error;
  }
};

const Vendors = ({
  troubles,
  visit,
}: {
  readonly troubles: ReadonlyArray<VendorTrouble> | null;
  readonly visit: Visit;
}) => {
  if (troubles === null) return <></>;
  if (troubles.length === 0) return <p class="soft">{WORDING.noVendors}</p>;
  return (
    <Rows
      caption={WORDING.vendors}
      isHeading={true}
      names={Object.values(WORDING.vendorColumns)}
      rows={troubles.map(({ vendor, called, troubled, fault }) => [
        visit.keyturn.vendors.get(vendor).name,
        String(called),
        String(troubled),
        troubled === 0 ? WORDS.none : WORDING.fault[fault],
      ])}
    />
  );
};

/** How this Keyturn is, and each vendor. */
export const healthPage: Page = {
  path: '/workspaces/:workspaceId/health',
  permission: 'ReadHealth',
  show: async (visit) => {
    const health = await visit.keyturn.health();
    const troubles = await troublesOf(visit);
    return {
      title: WORDING.title,
      screen: 'health',
      body: (
        <>
          <h1>{WORDING.title}</h1>
          <Note tone={TONES[health.status]}>
            <p>{WORDING.status[health.status]}</p>
          </Note>
          <Rows
            caption={WORDING.parts}
            isHeading={true}
            names={Object.values(WORDING.columns)}
            rows={[
              reachedRow(WORDING.eventStore, health.eventStore),
              reachedRow(WORDING.vault, health.vault),
              ...projectionRows(health),
              sweepRow(health),
              refusalsRow(health),
            ]}
          />
          {health.projectionFault !== null && (
            <Note tone="bad">
              <p>{health.projectionFault}</p>
            </Note>
          )}
          <Vendors troubles={troubles} visit={visit} />
        </>
      ),
    };
  },
  act: null,
};
