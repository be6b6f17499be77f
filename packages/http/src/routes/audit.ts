import type { ActorKind } from '@keyturn/domain';
import { query, usual } from '../api/query';
import type { Route, Scope } from '../api/route';
import { stream } from '../api/stream';
import { AuditCounts, AuditEntry, AuditPage, RefusedPage } from '../codecs/auditAnswers';
import { nullable, object, parameters, word } from '../codecs/codec';
import {
  auditCountQuery,
  auditExportQuery,
  auditQuery,
  nearestInLogQuery,
  refusedQuery,
} from '../codecs/inputs';
import { LogStanding } from '../codecs/logAnswers';
import { text } from '../codecs/words';
import { invalidInput } from '../problems/problem';

const tag = 'Audit log';
const permission = 'ReadAudit';

/** What was asked for, as the door takes it: an actor is one thing there. @throws ProblemError `invalid-input` */
const choiceOf = <K extends ActorKind, A extends { readonly actorId?: string; readonly actorKind?: K }>({
  actorId,
  actorKind,
  ...choice
}: A & { readonly actorKind?: K }): Omit<A, 'actorId' | 'actorKind'> & {
  readonly actor?: { readonly id: string; readonly kind?: K };
} => {
  if (actorId === undefined && actorKind !== undefined)
    throw invalidInput('actorKind', 'given with `actorId`');
  if (actorId === undefined) return choice;
  return { ...choice, actor: { id: actorId, ...(actorKind === undefined ? {} : { kind: actorKind }) } };
};

const nearest = object('Nearest', { nearest: nullable(text) });

interface Place {
  readonly scope: Exclude<Scope, 'all'>;
  /** Before `/audit`. */
  readonly prefix: string;
  /** Of the operations' names. */
  readonly named: (id: string) => string;
  /** Reads after "the log". */
  readonly words: string;
}

const logRoutes = ({ scope, prefix, named, words }: Place): ReadonlyArray<Route> => {
  const common = { ...usual, tag, permission, scope } as const;
  return [
    query({
      ...common,
      id: named('readAudit'),
      path: `${prefix}/audit`,
      summary: `Read a page of the log ${words}`,
      query: auditQuery,
      answer: AuditPage,
      isPaged: true,
      ask: ({ keyturn, ctx, query: { after, ...choice } }) =>
        keyturn.audit.page(ctx, choiceOf(choice), after === undefined ? {} : { after }),
    }),
    query({
      ...common,
      id: named('countAudit'),
      path: `${prefix}/audit-counts/{by}`,
      summary: `Count entries of the log ${words}`,
      params: parameters({ by: word({ action: null, actor: null, day: null, key: null }) }, {}),
      query: auditCountQuery,
      answer: AuditCounts,
      ask: ({ keyturn, ctx, params: { by }, query: { after, ...choice } }) =>
        keyturn.audit.count(ctx, by, choiceOf(choice), after === undefined ? {} : { after }),
    }),
    query({
      ...common,
      id: named('readRefused'),
      path: `${prefix}/refused-attempts`,
      summary: `Read what was refused, of the log ${words}`,
      description: 'Newest first. They are no events, and are those that this machine refused.',
      query: refusedQuery,
      answer: RefusedPage,
      isPaged: true,
      ask: ({ keyturn, ctx, query: asked }) => keyturn.audit.refused(ctx, choiceOf(asked)),
    }),
    query({
      ...common,
      id: named('nearestInAudit'),
      path: `${prefix}/audit-nearest`,
      summary: `Find the name that was probably meant, in the log ${words}`,
      query: nearestInLogQuery,
      answer: nearest,
      ask: async ({ keyturn, ctx, query: { kind, named: name } }) => ({
        nearest: await keyturn.audit.nearest(ctx, kind, name),
      }),
    }),
    query({
      ...common,
      id: named('checkedAudit'),
      path: `${prefix}/audit-standing`,
      summary: `Show what vouches for the log ${words}`,
      answer: LogStanding,
      ask: ({ keyturn, ctx }) => keyturn.audit.checked(ctx),
    }),
    stream({
      ...common,
      id: named('exportAudit'),
      path: `${prefix}/audit-export`,
      summary: `Export every entry of the log ${words}`,
      description: 'A line of JSON for each, oldest first unless said otherwise. Nothing is cut.',
      query: auditExportQuery,
      answer: AuditEntry,
      ask: ({ keyturn, ctx, query: { after, ...choice } }) =>
        keyturn.audit.export(ctx, choiceOf(choice), after === undefined ? {} : { after }),
    }),
  ];
};

export const auditRoutes: ReadonlyArray<Route> = [
  ...logRoutes({
    scope: 'workspace',
    prefix: '/workspaces/{workspaceId}',
    named: (id) => id,
    words: 'of a workspace',
  }),
  ...logRoutes({
    scope: 'own',
    prefix: '',
    named: (id) => `${id}OfAll`,
    words: "of all of the caller's workspaces",
  }),
];
