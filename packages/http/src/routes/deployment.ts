import { act, usualAct } from '../api/act';
import { action } from '../api/action';
import { query, usual } from '../api/query';
import type { Route } from '../api/route';
import { objectWith, wholeNumber, word } from '../codecs/codec';
import { Health, SweepReport, Verification } from '../codecs/deploymentAnswers';
import { Id } from '../codecs/inputs';
import { DisownedEvents, LogAcceptance, Losses, Unsealed } from '../codecs/logAnswers';
import { flag } from '../codecs/words';

const tag = 'Deployment';
const LOG = '/workspaces/{workspaceId}/log';

const VerifyInput = objectWith('VerifyInput', {}, { depth: word({ heads: null, whole: null }) });

export const deploymentRoutes: ReadonlyArray<Route> = [
  query({
    ...usual,
    id: 'readHealth',
    path: '/health',
    summary: 'Show how this deployment is',
    description: 'For those who run it: it says what is broken, in words of the machine.',
    tag,
    permission: 'ReadHealth',
    scope: 'none',
    answer: Health,
    ask: ({ keyturn }) => keyturn.health(),
  }),
  action({
    id: 'verify',
    path: '/verify',
    summary: 'Look whether events, vault and read models are what was written',
    description: 'Everything is read, which may take long. What is wrong is in `findings`.',
    tag,
    permission: 'Verify',
    scope: 'all',
    isStepUp: false,
    takesAdminCredential: false,
    body: VerifyInput,
    answer: Verification,
    ask: ({ keyturn, ctx, body, signal }) => keyturn.verify(ctx, { ...body, signal }),
  }),
  action({
    id: 'verifyWorkspace',
    path: '/workspaces/{workspaceId}/verify',
    summary: 'Look whether events, vault and read models of a workspace are what was written',
    description: 'What is wrong is in `findings`.',
    tag,
    permission: 'Verify',
    scope: 'workspace',
    isStepUp: false,
    takesAdminCredential: false,
    body: VerifyInput,
    answer: Verification,
    ask: ({ keyturn, ctx, body, signal }) => keyturn.verify(ctx, { ...body, signal }),
  }),
  action({
    id: 'sweep',
    path: '/sweep',
    summary: 'Repair what a killed process left half done',
    description: 'Housekeeping does it by itself. With `dryRun` it only tells what it would do.',
    tag,
    permission: 'Sweep',
    scope: 'all',
    isStepUp: false,
    takesAdminCredential: false,
    body: objectWith('SweepInput', {}, { dryRun: flag, expire: flag, graceMs: wholeNumber(0) }),
    answer: SweepReport,
    ask: ({ keyturn, ctx: { actor }, body }) => keyturn.housekeeping.sweep({ actor, ...body }),
  }),
  query({
    ...usual,
    id: 'listLosses',
    path: '/log/losses',
    summary: 'List the workspaces whose log lost its end',
    tag,
    permission: 'AcceptLog',
    scope: 'all',
    answer: Losses,
    ask: async ({ keyturn, ctx }) => ({ losses: await keyturn.log.losses(ctx) }),
  }),
  query({
    ...usual,
    id: 'showUnsealed',
    path: `${LOG}/unsealed`,
    summary: 'Show what somebody without the vault wrote to the end of a log',
    tag,
    permission: 'DisownEvents',
    scope: 'workspace',
    answer: Unsealed,
    ask: async ({ keyturn, ctx }) => ({ unsealed: await keyturn.log.unsealed(ctx) }),
  }),
  ...act({
    ...usualAct,
    id: 'acceptLog',
    method: 'POST',
    path: `${LOG}/accept`,
    summary: 'Accept that a log lost its end',
    tag,
    permission: 'AcceptLog',
    isStepUp: true,
    body: objectWith('AcceptLogInput', {}, { successor: Id }),
    answer: LogAcceptance,
    act: ({ log }) => log.accept,
    input: (_params, body) => body,
  }),
  ...act({
    ...usualAct,
    id: 'disownEvents',
    method: 'POST',
    path: `${LOG}/disown`,
    summary: 'Disown what somebody without the vault wrote to the end of a log',
    tag,
    permission: 'DisownEvents',
    isStepUp: true,
    body: objectWith('DisownEventsInput', { from: wholeNumber(0) }, { honestToo: flag }),
    answer: DisownedEvents,
    act: ({ log }) => log.disown,
    input: (_params, body) => body,
  }),
];
