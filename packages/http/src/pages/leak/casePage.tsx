import { isKeyturnError, type KnownKey, type LeakCaseKeyStanding, type LeakStatus } from 'keyturn';
import type { Onward, Page, View, Visit } from '../frame/page';
import { underCase } from '../keys/keysOf';
import { Note } from '../parts/note';
import { Rows } from '../parts/rows';
import { Text, Time } from '../parts/text';
import { WORDS } from '../words/words';
import { CaseKey } from './caseKey';
import { ofWorkspace } from './foundKeys';
import { statusOf } from './ofCase';

const { leakCase: WORDING } = WORDS;

/** Entries of the audit log that the page of a case shows. */
const MOST = 25;

/** What is known of a case, whatever keys it has. */
const About = ({
  title,
  status,
  visit,
}: {
  readonly title: string;
  readonly status: LeakStatus;
  readonly visit: Visit;
}) => (
  <>
    <p>
      <a href={visit.here('/leaks')}>{WORDS.leaks.back}</a>
    </p>
    <h1>{title}</h1>
    {status.hiddenWorkspaces > 0 && (
      <Note tone="open">
        <p>{WORDING.hidden(status.hiddenWorkspaces)}</p>
      </Note>
    )}
    {status.closed && (
      <Note tone="good">
        <p>{WORDING.closed}</p>
      </Note>
    )}
    {status.keys.length === 0 && status.hiddenWorkspaces === 0 && (
      <Note tone="open">
        <p>{WORDING.unknown}</p>
        <p>
          {WORDING.unknownHint} <a href={underCase(visit, '/leaks')}>{WORDS.leaks.title}</a>
        </p>
      </Note>
    )}
  </>
);

/** Every key that ever was on file; none where they may not be listed. */
const keysOfWorkspace = async ({ keyturn, ctx, may }: Visit): Promise<ReadonlyArray<KnownKey>> => {
  if (!may('ListKeys')) return [];
  try {
    return await keyturn.keys.list(ctx, { includeHardDeleted: true });
  } catch (error) {
    if (isKeyturnError(error) && error.code === 'not-permitted') return [];
    throw error;
  }
};

/** What was done under the case, newest first, a sentence each. */
const Entries = async ({ visit, caseId }: { readonly visit: Visit; readonly caseId: string }) => {
  const { entries } = await visit.keyturn.audit.page(visit.ctx, { caseId, limit: MOST });
  if (entries.length === 0) return <></>;
  return (
    <>
      <Rows
        caption={WORDING.entries}
        isHeading={true}
        names={[WORDING.entryColumns.when, WORDING.entryColumns.what]}
        rows={entries.map(({ recordedAt, sentence }) => [<Time at={recordedAt} />, <Text>{sentence}</Text>])}
      />
      <p>
        <a href={visit.here(`/activity?${new URLSearchParams({ caseId }).toString()}`)}>
          {WORDING.allEntries}
        </a>
      </p>
    </>
  );
};

/** The case in one workspace: all of each key. */
const caseView = async (visit: Visit): Promise<View | Onward> => {
  const { caseId } = visit;
  if (caseId === null) return { to: visit.here('/leaks'), notice: null };
  const status = await statusOf(visit, caseId);
  const keys = status.keys.length === 0 ? [] : await keysOfWorkspace(visit);
  const title = WORDING.title(caseId);
  return {
    title,
    screen: 'leaks',
    body: (
      <>
        <About title={title} status={status} visit={visit} />
        {status.keys.map((of) => (
          <CaseKey visit={visit} of={of} keys={keys} />
        ))}
        {await Entries({ visit, caseId })}
        {visit.identity.workspaces === 'all' && (
          <p>
            <a href={visit.at(`/leaks/case?${new URLSearchParams({ case: caseId }).toString()}`)}>
              {WORDING.inAll}
            </a>
          </p>
        )}
      </>
    ),
  };
};

export const casePage: Page = {
  path: '/workspaces/:workspaceId/leaks/case',
  permission: 'ReadAudit',
  show: caseView,
  act: null,
};

const rowOf = (key: LeakCaseKeyStanding, caseId: string, visit: Visit) => [
  <a class="key" href={ofWorkspace(visit, key.workspaceId, '/leaks/case', { case: caseId })}>
    <Text>{WORDING.key(key.last4, visit.keyturn.vendors.get(key.vendor).name)}</Text>
  </a>,
  <Text>{key.workspaceId}</Text>,
  WORDING.outcome[key.outcome],
  key.next === null ? WORDING.nothingNext : WORDING.steps[key.next],
];

/** The case in all workspaces: what is done is done in each of them. */
export const allCasePage: Page = {
  path: '/leaks/case',
  permission: 'ReadAudit',
  isForAll: true,
  show: async (visit) => {
    const { caseId } = visit;
    if (caseId === null) return { to: visit.at('/leaks'), notice: null };
    const status = await statusOf(visit, caseId);
    const title = WORDING.title(caseId);
    return {
      title,
      screen: 'leaks',
      body: (
        <>
          <About title={title} status={status} visit={visit} />
          {status.keys.length > 0 && (
            <Rows
              caption={WORDING.caption}
              names={Object.values(WORDING.columns)}
              rows={status.keys.map((key) => rowOf(key, caseId, visit))}
            />
          )}
        </>
      ),
    };
  },
  act: null,
};
