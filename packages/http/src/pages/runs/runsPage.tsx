import type { RunUsage } from 'keyturn';
import { filterOf, filtersOf } from '../frame/filters';
import type { Page, Visit } from '../frame/page';
import { keyPath } from '../keys/keysOf';
import { Choice, Field } from '../parts/fields';
import { More } from '../parts/more';
import { Rows } from '../parts/rows';
import { MaybeText, Text, Time } from '../parts/text';
import { WORDS } from '../words/words';

const { runs: WORDING } = WORDS;

/** Where one run's pages are. */
export const runPath = ({ here }: Visit, runId: string, page: string): string =>
  here(`/runs/${encodeURIComponent(runId)}${page}`);

const State = ({ of, visit }: { readonly of: RunUsage; readonly visit: Visit }) => {
  if (of.interrupted) return <span class="bad">{WORDING.interrupted}</span>;
  if (of.releasedAt !== null) {
    return (
      <>
        {of.outcome === null ? '' : `${WORDING.outcome[of.outcome]} `}
        <Time at={of.releasedAt} />
      </>
    );
  }
  const isOverdue = of.leaseUntil <= visit.now;
  return (
    <>
      <span class={isOverdue ? 'open' : 'good'}>{WORDING.open}</span>
      {`, ${isOverdue ? WORDING.overdue : WORDING.until} `}
      <Time at={of.leaseUntil} />
      {visit.may('FinishRun') && (
        <>
          {' · '}
          <a href={runPath(visit, of.runId, '/end')} data-dialog="">
            {WORDING.end}
          </a>
        </>
      )}
    </>
  );
};

const rowOf = (run: RunUsage, visit: Visit) => [
  <code>{run.runId}</code>,
  <MaybeText>{run.projectId}</MaybeText>,
  <a href={keyPath(visit, run.keyId)}>
    <Text>{run.last4 === null ? run.keyId : `…${run.last4}`}</Text>
  </a>,
  WORDING.choice[run.choice],
  <Time at={run.pinnedAt} />,
  <State of={run} visit={visit} />,
];

const Filters = ({ visit }: { readonly visit: Visit }) => (
  <form method="get" action={visit.here('/runs')} class="filters">
    <Field name="runId" label={WORDING.runId} value={filterOf(visit, 'runId') ?? ''} />
    <Field name="keyId" label={WORDING.keyId} value={filterOf(visit, 'keyId') ?? ''} />
    <Choice
      name="openOnly"
      value="true"
      label={WORDING.openOnly}
      isChecked={filterOf(visit, 'openOnly') === 'true'}
    />
    <div class="buttons">
      <button type="submit">{WORDS.filter}</button>
      <a href={visit.here('/runs')}>{WORDS.clearFilter}</a>
    </div>
  </form>
);

/** Open and past runs: which key, why that one, until when. */
export const runsPage: Page = {
  path: '/workspaces/:workspaceId/runs',
  permission: 'ListRuns',
  show: async (visit) => {
    const { runs, more, next } = await visit.keyturn.runs.list(visit.ctx, {
      ...filtersOf(visit, ['runId', 'keyId', 'cursor']),
      ...(filterOf(visit, 'openOnly') === 'true' ? { openOnly: true } : {}),
    });
    return {
      title: WORDING.title,
      screen: 'runs',
      body: (
        <>
          <h1>{WORDING.title}</h1>
          <p class="soft">{WORDING.lead}</p>
          <Filters visit={visit} />
          {runs.length === 0 ? (
            <p>{WORDING.empty}</p>
          ) : (
            <Rows
              caption={WORDING.caption}
              names={Object.values(WORDING.columns)}
              rows={runs.map((run) => rowOf(run, visit))}
            />
          )}
          <More visit={visit} path="/runs" next={more ? next : null} />
        </>
      ),
    };
  },
  act: null,
};
