import { act, usualAct } from '../api/act';
import { query, taggedQuery, usual } from '../api/query';
import { patienceOf, withPatience } from '../api/withPatience';
import type { Route } from '../api/route';
import { nullable, object, objectWith, noBody, parameters, wholeNumber, word } from '../codecs/codec';
import { AddKey, after, Id, keyInPath, paged, Words } from '../codecs/inputs';
import {
  DefaultChange,
  DefaultClearing,
  KeyAddition,
  KeyChange,
  KeyDeletion,
  KeyList,
  KeysDuePage,
  KeyValidation,
  KnownKey,
} from '../codecs/keyAnswers';
import { flag, Instant } from '../codecs/words';
import { keyringTag } from '../preconditions/tags';

const KEYS = '/workspaces/{workspaceId}/keys';
const tag = 'Keys';

const queries: ReadonlyArray<Route> = [
  taggedQuery({
    ...usual,
    id: 'listKeys',
    path: KEYS,
    summary: 'List the keys of a workspace',
    description:
      'Keys on file and retired ones, oldest first. With `idPrefix` those whose id begins so, hard-deleted ones too.',
    tag,
    permission: 'ListKeys',
    scope: 'workspace',
    query: parameters({}, { includeHardDeleted: flag, idPrefix: Id, ...after }),
    answer: KeyList,
    ask: async ({ keyturn, ctx, query: { idPrefix, includeHardDeleted = false, ...options } }) => {
      const log = await keyturn.keys.checked(ctx);
      const all = await keyturn.keys.list(ctx, { includeHardDeleted: true }, options);
      const keys =
        idPrefix === undefined
          ? all.filter(({ hardDeleted }) => includeHardDeleted || !hardDeleted)
          : await keyturn.keys.find(ctx, { idPrefix }, options);
      return { answer: { keys, log }, tag: keyringTag(all) };
    },
  }),
  taggedQuery({
    ...usual,
    id: 'showKey',
    path: `${KEYS}/{keyId}`,
    summary: 'Show a key',
    description:
      'By its id, or by at least 5 characters of its beginning that no other key of the workspace has.',
    tag,
    permission: 'ListKeys',
    scope: 'workspace',
    params: keyInPath,
    query: parameters({}, after),
    answer: KnownKey,
    ask: async ({ keyturn, ctx, params: { keyId }, query: options }) => {
      const all = await keyturn.keys.list(ctx, { includeHardDeleted: true }, options);
      const named = all.find((key) => key.keyId === keyId);
      return {
        answer: named ?? (await keyturn.keys.resolve(ctx, keyId, options)),
        tag: keyringTag(all),
      };
    },
  }),
  query({
    ...usual,
    id: 'listKeysDue',
    path: '/workspaces/{workspaceId}/keys-due',
    summary: 'List the keys of a workspace that are due for rotation',
    tag,
    permission: 'ListKeysDue',
    scope: 'workspace',
    query: parameters({}, { withinDays: wholeNumber(0, 36_500), ...paged, ...after }),
    answer: KeysDuePage,
    isPaged: true,
    ask: ({ keyturn, ctx, query: { after: position, ...rest } }) =>
      keyturn.keys.due(ctx, rest, position === undefined ? {} : { after: position }),
  }),
  query({
    ...usual,
    id: 'listAllKeysDue',
    path: '/keys-due',
    summary: 'List the keys of all workspaces that are due for rotation',
    tag,
    permission: 'ListKeysDue',
    scope: 'all',
    query: parameters({}, { withinDays: wholeNumber(0, 36_500), ...paged, ...after }),
    answer: KeysDuePage,
    isPaged: true,
    ask: ({ keyturn, ctx, query: { after: position, ...rest } }) =>
      keyturn.keys.due(ctx, rest, position === undefined ? {} : { after: position }),
  }),
];

const acts: ReadonlyArray<ReadonlyArray<Route>> = [
  act({
    ...usualAct,
    id: 'addKey',
    method: 'POST',
    path: KEYS,
    summary: 'Add a key',
    description:
      'Checks the paste, seals the key, records it and test-calls its vendor. Where the test call takes long, the ' +
      'answer comes before its outcome: the key is `pending`, and is to be asked for again. The test call goes on.',
    tag,
    permission: 'AddKey',
    body: AddKey,
    answer: KeyAddition,
    status: 201,
    act: ({ keys }) => keys.add,
    input: (_params, body) => body,
    locationOf: ({ key }) => `keys/${key.keyId}`,
    doing: (add, { options }) => withPatience(add, patienceOf(options)),
  }),
  act({
    ...usualAct,
    id: 'validateKey',
    method: 'POST',
    path: `${KEYS}/{keyId}/validate`,
    summary: 'Test-call a key on file again',
    tag,
    permission: 'ValidateKey',
    params: keyInPath,
    body: noBody,
    answer: KeyValidation,
    act: ({ keys }) => keys.validate,
    input: (params) => params,
  }),
  act({
    ...usualAct,
    id: 'relabelKey',
    method: 'PUT',
    path: `${KEYS}/{keyId}/label`,
    summary: 'Give a key another label, or none',
    tag,
    permission: 'RelabelKey',
    precondition: 'keyring',
    params: keyInPath,
    body: object('RelabelKeyInput', { label: nullable(Words) }),
    answer: KeyChange,
    act: ({ keys }) => keys.relabel,
    input: (params, body) => ({ ...params, ...body }),
  }),
  act({
    ...usualAct,
    id: 'setKeyExpiry',
    method: 'PUT',
    path: `${KEYS}/{keyId}/expiry`,
    summary: 'Say when a key is to be replaced',
    tag,
    permission: 'SetKeyExpiry',
    precondition: 'keyring',
    params: keyInPath,
    body: object('SetKeyExpiryInput', { expiresAt: nullable(Instant) }),
    answer: KeyChange,
    act: ({ keys }) => keys.setExpiry,
    input: (params, body) => ({ ...params, ...body }),
  }),
  act({
    ...usualAct,
    id: 'setDefault',
    method: 'PUT',
    path: '/workspaces/{workspaceId}/default',
    summary: 'Set the Default of a workspace',
    description: 'New runs use this key from now on; runs under way keep theirs.',
    tag,
    permission: 'SetDefault',
    precondition: 'keyring',
    body: objectWith('SetDefaultInput', { keyId: Id }, { projects: word({ stay: null, follow: null }) }),
    answer: DefaultChange,
    act: ({ keys }) => keys.setDefault,
    input: (_params, body) => body,
  }),
  act({
    ...usualAct,
    id: 'setProjectDefault',
    method: 'PUT',
    path: '/workspaces/{workspaceId}/projects/{projectId}/default',
    summary: 'Set the Default of one project',
    tag,
    permission: 'SetDefault',
    precondition: 'keyring',
    params: parameters({ projectId: Id }, {}),
    body: object('SetProjectDefaultInput', { keyId: Id }),
    answer: DefaultChange,
    act: ({ keys }) => keys.setDefault,
    input: (params, body) => ({ ...params, ...body }),
  }),
  act({
    ...usualAct,
    id: 'clearProjectDefault',
    method: 'POST',
    path: '/workspaces/{workspaceId}/projects/{projectId}/clear-default',
    summary: "Let a project use the workspace's Default again",
    tag,
    permission: 'ClearProjectDefault',
    precondition: 'keyring',
    params: parameters({ projectId: Id }, {}),
    body: noBody,
    answer: DefaultClearing,
    act: ({ keys }) => keys.clearDefault,
    input: (params) => params,
  }),
  act({
    ...usualAct,
    id: 'deleteKey',
    method: 'POST',
    path: `${KEYS}/{keyId}/delete`,
    summary: 'Delete a key: at once, or when the last run that holds it ends',
    description:
      'Rehearse it first, and hand over the `digest` of that as `If-Match`: it then does just that.',
    tag,
    permission: 'DeleteKey',
    precondition: 'rehearsal',
    params: keyInPath,
    body: objectWith('DeleteKeyInput', {}, { successor: Id, leaveEmpty: flag }),
    answer: KeyDeletion,
    act: ({ keys }) => keys.delete,
    input: (params, body) => ({ ...params, ...body }),
  }),
  act({
    ...usualAct,
    id: 'hardDeleteKey',
    method: 'POST',
    path: `${KEYS}/{keyId}/hard-delete`,
    summary: 'Destroy a key now, whatever holds it',
    description: 'The emergency path. It waits for no precondition.',
    tag,
    permission: 'HardDeleteKey',
    isStepUp: true,
    params: keyInPath,
    body: objectWith(
      'HardDeleteKeyInput',
      { caseId: Id },
      { successor: Id, reason: word({ leak: null, other: null }), killCheck: flag },
    ),
    answer: KeyDeletion,
    act: ({ keys }) => keys.hardDelete,
    input: (params, body) => ({ ...params, ...body }),
  }),
];

export const keyRoutes: ReadonlyArray<Route> = [...queries, ...acts.flat()];
