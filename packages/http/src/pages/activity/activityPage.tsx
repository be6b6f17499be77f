import { auditActions, type AuditChoice, type AuditEntry, type KeyringEventType } from 'keyturn';
import { invalidInput } from '../../problems/problem';
import { filterOf, filtersOf, timeOf } from '../frame/filters';
import type { Page, Visit } from '../frame/page';
import { Field } from '../parts/fields';
import { More } from '../parts/more';
import { Note } from '../parts/note';
import { Rows } from '../parts/rows';
import { Text, TimeAndUtc, Zone } from '../parts/text';
import { TimeField } from '../parts/timeField';
import { WORDS } from '../words/words';

const { activity: WORDING } = WORDS;

const isAction = (given: string): given is KeyringEventType =>
  auditActions.some((action) => action === given);

/** Which entries the address asks for. @throws ProblemError `invalid-input` */
const choiceOf = (visit: Visit): AuditChoice => {
  const action = filterOf(visit, 'action');
  if (action !== undefined && !isAction(action)) throw invalidInput('action', 'an event of the log');
  const actorId = filterOf(visit, 'actorId');
  const since = timeOf(visit, 'since');
  const until = timeOf(visit, 'until');
  return {
    ...filtersOf(visit, ['keyId', 'runId', 'caseId']),
    ...(action === undefined ? {} : { action }),
    ...(actorId === undefined ? {} : { actor: { id: actorId } }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
};

/** The same entries, all of them, from the API. */
const exportPath = (visit: Visit, { since, until }: AuditChoice): string => {
  const query = new URLSearchParams({
    ...filtersOf(visit, ['keyId', 'runId', 'caseId', 'action', 'actorId']),
    ...(since === undefined ? {} : { since: String(since) }),
    ...(until === undefined ? {} : { until: String(until) }),
  });
  return visit.at(
    `/api/v1/workspaces/${encodeURIComponent(visit.workspaceId)}/audit-export?${query.toString()}`,
  );
};

const detailsOf = (entry: AuditEntry): ReadonlyArray<readonly [string, string]> =>
  Object.entries({
    [WORDING.detail.sequence]: entry.sequence,
    [WORDING.detail.type]: entry.type,
    [WORDING.detail.keyId]: entry.keyId,
    [WORDING.detail.runId]: entry.runId,
    [WORDING.detail.projectId]: entry.projectId,
    [WORDING.detail.cause]: entry.cause,
    [WORDING.detail.caseId]: entry.caseId,
    [WORDING.detail.originRef]: entry.originRef,
    [WORDING.detail.correlationId]: entry.correlationId,
    [WORDING.detail.commandId]: entry.commandId,
  }).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)] as const]));

const rowOf = (entry: AuditEntry) => [
  <TimeAndUtc at={entry.recordedAt} />,
  <>
    <Text>{entry.sentence}</Text>
    <details>
      <summary>{WORDING.details}</summary>
      <dl>
        {detailsOf(entry).map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </>
        ))}
      </dl>
    </details>
  </>,
  <Text>{`${entry.actorId} (${entry.actorKind})`}</Text>,
];

const Filters = ({ visit, choice }: { readonly visit: Visit; readonly choice: AuditChoice }) => {
  const { fields } = WORDING;
  const chosen = filterOf(visit, 'action');
  return (
    <form method="get" action={visit.here('/activity')} class="filters">
      <div class="field">
        <label for="action">{fields.action}</label>
        <select id="action" name="action">
          <option value="">{WORDING.any}</option>
          {auditActions.map((action) => (
            <option value={action} selected={action === chosen}>
              {action}
            </option>
          ))}
        </select>
      </div>
      <Field name="actorId" label={fields.actor} value={filterOf(visit, 'actorId') ?? ''} />
      <Field name="keyId" label={fields.key} value={filterOf(visit, 'keyId') ?? ''} />
      <Field name="runId" label={fields.run} value={filterOf(visit, 'runId') ?? ''} />
      <Field name="caseId" label={fields.case} value={filterOf(visit, 'caseId') ?? ''} />
      <TimeField name="since" label={fields.since} at={choice.since} />
      <TimeField name="until" label={fields.until} at={choice.until} />
      <div class="buttons">
        <button type="submit">{WORDS.filter}</button>
        <a href={visit.here('/activity')}>{WORDS.clearFilter}</a>
      </div>
    </form>
  );
};

/** The audit log: a sentence for each entry, filters in the address. */
export const activityPage: Page = {
  path: '/workspaces/:workspaceId/activity',
  permission: 'ReadAudit',
  show: async (visit) => {
    const choice = choiceOf(visit);
    const { entries, more, next, clocksInDoubt } = await visit.keyturn.audit.page(visit.ctx, {
      ...choice,
      ...filtersOf(visit, ['cursor']),
    });
    return {
      title: WORDING.title,
      screen: 'activity',
      body: (
        <>
          <h1>{WORDING.title}</h1>
          <p class="soft">
            {WORDING.lead} <Zone />
          </p>
          <Filters visit={visit} choice={choice} />
          {clocksInDoubt && (
            <Note tone="open">
              <p>{WORDING.doubt}</p>
            </Note>
          )}
          {entries.length === 0 ? (
            <p>{WORDING.empty}</p>
          ) : (
            <Rows
              caption={WORDING.caption}
              names={Object.values(WORDING.columns)}
              rows={entries.map(rowOf)}
            />
          )}
          <More visit={visit} path="/activity" next={more ? next : null} />
          <p>
            <a href={exportPath(visit, choice)} download="activity.ndjson">
              {WORDING.export}
            </a>
          </p>
        </>
      ),
    };
  },
  act: null,
};
