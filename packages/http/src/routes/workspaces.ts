import { act, usualAct } from '../api/act';
import { query, usual } from '../api/query';
import type { Route } from '../api/route';
import { nullable, object, parameters } from '../codecs/codec';
import { Vendor, Vendors, VendorTroubles, Workspace, WorkspacesPage } from '../codecs/deploymentAnswers';
import { after, Id, paged } from '../codecs/inputs';
import { WorkspaceClosing } from '../codecs/keyAnswers';
import { text } from '../codecs/words';
import { requestProblem } from '../problems/problem';
import { ownWorkspaces } from './ownWorkspaces';

const workspaces: ReadonlyArray<Route> = [
  query({
    ...usual,
    id: 'listWorkspaces',
    path: '/workspaces',
    summary: "List the caller's workspaces",
    description: 'By id. One that no event names yet is not among them.',
    tag: 'Workspaces',
    permission: 'ListWorkspaces',
    scope: 'none',
    query: parameters({}, { ...paged, ...after }),
    answer: WorkspacesPage,
    isPaged: true,
    ask: ({ keyturn, identity: { actor, workspaces: own }, query: { after: position, ...page } }) => {
      const options = position === undefined ? {} : { after: position };
      return own === 'all'
        ? keyturn.workspaces.list({ actor }, page, options)
        : ownWorkspaces(keyturn, actor, own, page, options);
    },
  }),
  query({
    ...usual,
    id: 'showWorkspace',
    path: '/workspaces/{workspaceId}',
    summary: 'Show a workspace',
    tag: 'Workspaces',
    permission: 'ListWorkspaces',
    scope: 'workspace',
    query: parameters({}, after),
    answer: Workspace,
    ask: ({ keyturn, ctx, query: options }) => keyturn.workspaces.get(ctx, options),
  }),
  query({
    ...usual,
    id: 'nearestWorkspace',
    path: '/workspace-nearest',
    summary: 'Find the workspace that was probably meant',
    tag: 'Workspaces',
    permission: 'ListWorkspaces',
    scope: 'all',
    query: parameters({ named: Id }, {}),
    answer: object('NearestWorkspace', { nearest: nullable(text) }),
    ask: async ({ keyturn, ctx, query: { named } }) => ({
      nearest: await keyturn.workspaces.nearest(ctx, named),
    }),
  }),
  ...act({
    ...usualAct,
    id: 'closeWorkspace',
    method: 'POST',
    path: '/workspaces/{workspaceId}/close',
    summary: 'Close a workspace for good, and destroy its keys',
    tag: 'Workspaces',
    permission: 'CloseWorkspace',
    isStepUp: true,
    body: object('CloseWorkspaceInput', { caseId: Id }),
    answer: WorkspaceClosing,
    act: ({ workspaces: { close } }) => close,
    input: (_params, body) => body,
  }),
];

const vendors: ReadonlyArray<Route> = [
  query({
    ...usual,
    id: 'listVendors',
    path: '/vendors',
    summary: 'List the vendors whose keys are taken',
    tag: 'Vendors',
    permission: null,
    scope: 'none',
    answer: Vendors,
    ask: async ({ keyturn }) => ({ vendors: keyturn.vendors.list() }),
  }),
  query({
    ...usual,
    id: 'showVendor',
    path: '/vendors/{vendor}',
    summary: 'Show a vendor',
    tag: 'Vendors',
    permission: null,
    scope: 'none',
    params: parameters({ vendor: Id }, {}),
    answer: Vendor,
    ask: async ({ keyturn, params }) => {
      const known = keyturn.vendors.list().find(({ vendor }) => vendor === params.vendor);
      if (known === undefined) throw requestProblem('unknown-vendor');
      return known;
    },
  }),
  query({
    ...usual,
    id: 'vendorTroubles',
    path: '/vendor-troubles',
    summary: 'Show which vendors many workspaces have trouble with',
    description: 'Of the last 15 minutes. No workspace is named.',
    tag: 'Vendors',
    permission: 'ListWorkspaces',
    scope: 'all',
    answer: VendorTroubles,
    ask: async ({ keyturn, ctx }) => ({ troubles: await keyturn.vendors.troubles(ctx) }),
  }),
];

export const workspaceRoutes: ReadonlyArray<Route> = [...workspaces, ...vendors];
