import { act, usualAct } from '../api/act';
import { query, taggedQuery, usual } from '../api/query';
import type { Route } from '../api/route';
import {
  list,
  noted,
  nullable,
  object,
  objectWith,
  parameters,
  upTo,
  wholeNumber,
  word,
} from '../codecs/codec';
import { after, Id, keyInPath, Pasted, Words } from '../codecs/inputs';
import { Exposure, FoundKeys, LeakCaseClosing, LeakRecorded, LeakStatus } from '../codecs/supportAnswers';
import { flag, Instant, Known } from '../codecs/words';
import { refuseUnlessInAll } from '../guards/admission';
import { caseTag } from '../preconditions/tags';
import { atVendorRoutes } from './atVendor';
import { certificateRoutes } from './certificates';
import { checkRoute } from './checkLeak';
import { findInput, FindKeys } from './findKeys';

const SUPPORT = '/workspaces/{workspaceId}/support';
const tag = 'Leak review';
const ofCase = { keyId: Id, caseId: Id } as const;

/** A file of a vendor's usage has more than any other body. */
const LONGEST_USAGE = 2 * 1_024 * 1_024;

const caseQuery = parameters({ caseId: Id }, after);

const queries: ReadonlyArray<Route> = [
  query({
    ...usual,
    id: 'findKeys',
    path: `${SUPPORT}/find`,
    summary: 'Find keys of a workspace by their value, their ending or their id',
    description:
      'A pasted key is only recognised: it goes to no vendor, and nothing of it is stored or told.',
    tag,
    permission: 'FindKeys',
    scope: 'workspace',
    body: FindKeys,
    answer: FoundKeys,
    ask: ({ keyturn, ctx, body }) => keyturn.support.find(ctx, findInput(body)),
  }),
  query({
    ...usual,
    id: 'findKeysOfAll',
    path: '/support/find',
    summary: 'Find keys of all workspaces by their value, their ending or their id',
    description:
      'A pasted key is only recognised: it goes to no vendor, and nothing of it is stored or told.',
    tag,
    permission: 'FindKeys',
    scope: 'all',
    body: FindKeys,
    answer: FoundKeys,
    ask: ({ keyturn, ctx, body }) => keyturn.support.find(ctx, findInput(body)),
  }),
  query({
    ...usual,
    id: 'showExposure',
    path: '/workspaces/{workspaceId}/keys/{keyId}/exposure',
    summary: 'Show what a key was used for, and what of that is anomalous',
    description:
      'With `pasted` it tells where else the same secret is on file: that takes `FindKeys`, and all workspaces.',
    tag,
    permission: 'ReadAudit',
    scope: 'workspace',
    isLarge: true,
    params: keyInPath,
    body: objectWith(
      'ExposureInput',
      {},
      {
        since: Instant,
        until: Instant,
        usage: noted(upTo(LONGEST_USAGE), {
          description:
            "What the vendor counted, as the text of one of its files or of CSV ('start,end,requests').",
        }),
        pasted: Pasted,
        habits: flag,
      },
    ),
    answer: Exposure,
    ask: async ({ keyturn, identity, ctx, params, body: { usage, ...input } }) => {
      // Else whoever stole a key would ask here whose it is.
      if (input.pasted !== undefined) refuseUnlessInAll(identity, 'FindKeys');
      return keyturn.support.exposure(ctx, {
        ...params,
        ...input,
        ...(usage === undefined ? {} : { usage: new TextEncoder().encode(usage) }),
      });
    },
  }),
  taggedQuery({
    ...usual,
    id: 'showCase',
    path: `${SUPPORT}/case`,
    summary: 'Show how a leak case stands in a workspace',
    tag,
    permission: 'ReadAudit',
    scope: 'workspace',
    query: caseQuery,
    answer: LeakStatus,
    ask: async ({ keyturn, ctx, query: { caseId, ...options } }) => {
      const answer = await keyturn.support.status(ctx, { caseId }, options);
      return { answer, tag: caseTag(answer) };
    },
  }),
  taggedQuery({
    ...usual,
    id: 'showCaseOfAll',
    path: '/support/case',
    summary: 'Show how a leak case stands in all workspaces',
    tag,
    permission: 'ReadAudit',
    scope: 'all',
    query: caseQuery,
    answer: LeakStatus,
    ask: async ({ keyturn, ctx, query: { caseId, ...options } }) => {
      const answer = await keyturn.support.status(ctx, { caseId }, options);
      return { answer, tag: caseTag(answer) };
    },
  }),
];

const usualLeakAct = {
  ...usualAct,
  method: 'POST',
  tag,
  precondition: 'case',
  isStepUp: true,
  answer: LeakRecorded,
} as const;

const acts: ReadonlyArray<ReadonlyArray<Route>> = [
  act({
    ...usualLeakAct,
    id: 'reportLeak',
    path: `${SUPPORT}/report`,
    summary: 'Mark the secret of a key as leaked',
    permission: 'ReportLeak',
    body: objectWith('ReportLeakInput', ofCase, {
      reportedBy: nullable(Words),
      suspectedSince: nullable(Instant),
      source: nullable(Words),
      usedElsewhere: Known,
      stranger: Known,
    }),
    act: ({ support }) => support.report,
    input: (_params, body) => body,
  }),
  act({
    ...usualLeakAct,
    id: 'withdrawLeakReport',
    path: `${SUPPORT}/withdraw`,
    summary: 'Take a report of a leak back',
    permission: 'WithdrawLeakReport',
    body: object('WithdrawLeakReportInput', { ...ofCase, reason: Words }),
    act: ({ support }) => support.withdraw,
    input: (_params, body) => body,
  }),
  act({
    ...usualLeakAct,
    id: 'suspendKey',
    path: `${SUPPORT}/suspend`,
    summary: 'Give the secret of a key to nothing but a kill check',
    permission: 'SuspendKey',
    body: object('SuspendKeyInput', ofCase),
    act: ({ support }) => support.suspend,
    input: (_params, body) => body,
  }),
  act({
    ...usualLeakAct,
    id: 'reinstateKey',
    path: `${SUPPORT}/reinstate`,
    summary: 'Let a suspended key serve again',
    permission: 'ReinstateKey',
    body: object('ReinstateKeyInput', ofCase),
    act: ({ support }) => support.reinstate,
    input: (_params, body) => body,
  }),
  act({
    ...usualLeakAct,
    id: 'recordRevocation',
    path: `${SUPPORT}/revocation`,
    summary: 'Record that a key was revoked at its vendor',
    permission: 'RecordRevocation',
    body: objectWith(
      'RecordRevocationInput',
      { ...ofCase, how: word({ console: null, 'vendor-api': null, told: null }), revokedAt: Instant },
      { revokedBy: nullable(Words), undo: Known, undoUntil: nullable(Instant) },
    ),
    act: ({ support }) => support.recordRevocation,
    input: (_params, body) => body,
  }),
  act({
    ...usualLeakAct,
    id: 'recordLeakReview',
    path: `${SUPPORT}/review`,
    summary: 'Record what came of looking at what was done with a key',
    permission: 'RecordLeakReview',
    body: objectWith(
      'RecordLeakReviewInput',
      { ...ofCase, until: Instant, uses: wholeNumber(0) },
      { from: nullable(Instant), explained: list(Id), unexplained: list(Id), note: nullable(Words) },
    ),
    act: ({ support }) => support.reviewed,
    input: (_params, body) => body,
  }),
  act({
    ...usualLeakAct,
    id: 'closeLeakCase',
    path: `${SUPPORT}/close`,
    summary: 'Close a leak case for all keys of the workspace',
    permission: 'CloseLeakCase',
    body: objectWith(
      'CloseLeakCaseInput',
      { caseId: Id },
      {
        leftOpen: list(
          object('LeftOpen', {
            step: word({
              'stop-stranger': null,
              successor: null,
              revoke: null,
              'kill-check': null,
              'hard-delete': null,
              review: null,
            }),
            reason: Words,
          }),
        ),
      },
    ),
    answer: LeakCaseClosing,
    act: ({ support }) => support.close,
    input: (_params, body) => body,
  }),
];

export const supportRoutes: ReadonlyArray<Route> = [
  ...queries,
  checkRoute,
  ...atVendorRoutes,
  ...certificateRoutes,
  ...acts.flat(),
];
