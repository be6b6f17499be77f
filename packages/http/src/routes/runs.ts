import { act, usualAct } from '../api/act';
import { query, usual } from '../api/query';
import type { Route } from '../api/route';
import { noBody, objectWith, parameters, wholeNumber } from '../codecs/codec';
import { after, Id, runsQuery } from '../codecs/inputs';
import { KeyringThen, RunChoice, RunPin, RunsPage, RunsReleased, RunUsage } from '../codecs/runAnswers';
import { Instant, number, RunOutcome } from '../codecs/words';
import { requestProblem } from '../problems/problem';

const RUNS = '/workspaces/{workspaceId}/runs';
const tag = 'Runs';
const runInPath = parameters({ runId: Id }, {});
const leaseSeconds = wholeNumber(1);

const queries: ReadonlyArray<Route> = [
  query({
    ...usual,
    id: 'listRuns',
    path: RUNS,
    summary: 'List runs and the keys that they hold or held',
    description: 'Newest first.',
    tag,
    permission: 'ListRuns',
    scope: 'workspace',
    query: runsQuery,
    answer: RunsPage,
    isPaged: true,
    ask: ({ keyturn, ctx, query: { after: position, ...rest } }) =>
      keyturn.runs.list(ctx, rest, position === undefined ? {} : { after: position }),
  }),
  query({
    ...usual,
    id: 'showRun',
    path: `${RUNS}/{runId}`,
    summary: 'Show a run',
    description: 'The newest of that id: one may be used again after a while.',
    tag,
    permission: 'ListRuns',
    scope: 'workspace',
    params: runInPath,
    query: parameters({}, after),
    answer: RunUsage,
    ask: async ({ keyturn, ctx, params, query: options }) => {
      const { runs } = await keyturn.runs.list(ctx, { ...params, limit: 1 }, options);
      const [run] = runs;
      if (run === undefined) throw requestProblem('unknown-run');
      return run;
    },
  }),
  query({
    ...usual,
    id: 'readHistory',
    path: '/workspaces/{workspaceId}/history',
    summary: 'Show the keyring as it stood at a time',
    description: "By the event store's clock; at its newest revision when `at` is left out.",
    tag: 'Audit log',
    permission: 'ReadHistory',
    scope: 'workspace',
    query: parameters({}, { at: Instant, keyId: Id }),
    answer: KeyringThen,
    ask: ({ keyturn, ctx, query: at }) => keyturn.history.at(ctx, at),
  }),
];

const acts: ReadonlyArray<ReadonlyArray<Route>> = [
  act({
    ...usualAct,
    id: 'startRun',
    method: 'POST',
    path: RUNS,
    summary: 'Pin a run to its key',
    description: 'The key itself is handed over inside the service alone, never here.',
    tag,
    permission: 'StartRun',
    body: objectWith('StartRunInput', { runId: Id }, { projectId: Id, choice: RunChoice, leaseSeconds }),
    answer: RunPin,
    status: 201,
    act: ({ runs }) => runs.start,
    input: (_params, body) => body,
    locationOf: ({ runId }) => `runs/${runId}`,
  }),
  act({
    ...usualAct,
    id: 'resumeRun',
    method: 'POST',
    path: `${RUNS}/{runId}/resume`,
    summary: "Renew a run's lease",
    tag,
    permission: 'ResumeRun',
    params: runInPath,
    body: objectWith('ResumeRunInput', {}, { leaseSeconds }),
    answer: RunPin,
    act: ({ runs }) => runs.resume,
    input: (params, body) => ({ ...params, ...body }),
  }),
  act({
    ...usualAct,
    id: 'finishRun',
    method: 'POST',
    path: `${RUNS}/{runId}/finish`,
    summary: "End a run's hold on its key",
    tag,
    permission: 'FinishRun',
    params: runInPath,
    body: objectWith('FinishRunInput', {}, { outcome: RunOutcome, vendorRequests: number }),
    answer: RunsReleased,
    act: ({ runs }) => runs.finish,
    input: (params, body) => ({ ...params, ...body }),
  }),
  act({
    ...usualAct,
    id: 'expireRuns',
    method: 'POST',
    path: '/workspaces/{workspaceId}/expire-runs',
    summary: 'End every run whose lease is over',
    tag,
    permission: 'ExpireRuns',
    body: noBody,
    answer: RunsReleased,
    act: ({ runs }) => runs.expire,
    input: () => undefined,
  }),
];

export const runRoutes: ReadonlyArray<Route> = [...queries, ...acts.flat()];
