import type * as t from 'io-ts';
import type { Keyturn } from 'keyturn';
import { isNothing, noBody, nothing, type Codec } from '../codecs/codec';
import { decodeInput } from '../codecs/decodeInput';
import { queryInput } from '../codecs/queryInput';
import type { Identity } from '../options';
import { isNamed } from '../preconditions/entityTag';
import { jsonAnswer, nextPage } from './answer';
import { contextOf } from './contextOf';
import type { ContextOf, Route, RouteFace, Scope, Serving } from './route';

/** What a query is asked with. */
export interface Asked<S extends Scope, P, Q, B> {
  readonly keyturn: Keyturn;
  readonly identity: Identity;
  readonly ctx: ContextOf[S];
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly signal: AbortSignal;
}

type QueryFace = Pick<RouteFace, 'id' | 'path' | 'summary' | 'tag' | 'permission' | 'isPaged' | 'isLarge'> & {
  readonly description?: string;
};

/** A query: what it takes, what it answers, and how the door is asked. */
interface QueryRoute<S extends Scope, P, Q, B, A> extends QueryFace {
  readonly scope: S;
  readonly params: Codec<P>;
  readonly query: Codec<Q>;
  /** A query that holds a secret goes up in a body. */
  readonly body: Codec<B>;
  readonly answer: Codec<A>;
  readonly ask: (asked: Asked<S, P, Q, B>) => Promise<A>;
}

/** What most routes have. */
export const usual = {
  params: nothing,
  query: nothing,
  body: noBody,
  isPaged: false,
  isLarge: false,
} as const;

/** An empty body has no members: that is enough where all of them may be left out. */
const orEmpty = (body: unknown, codec: t.Mixed): unknown =>
  body === undefined && !isNothing(codec) ? {} : body;

/** What a route is asked with. @throws ProblemError `invalid-input` */
export const askedOf = async <S extends Scope, P, Q, B>(
  { keyturn, identity, workspaceId, params, request, body }: Serving,
  codecs: {
    readonly scope: S;
    readonly params: Codec<P>;
    readonly query: Codec<Q>;
    readonly body: Codec<B>;
  },
): Promise<Asked<S, P, Q, B>> => ({
  keyturn,
  identity,
  ctx: contextOf(codecs.scope, identity, workspaceId),
  params: decodeInput(codecs.params, params, 'path'),
  query: queryInput(codecs.query, new URL(request.url).searchParams),
  body: decodeInput(codecs.body, orEmpty(await body(), codecs.body), 'body'),
  signal: request.signal,
});

/** What all queries' faces have. */
export const queryFace = (
  { id, path, summary, description, tag, permission, isPaged, isLarge }: QueryFace,
  codecs: Pick<RouteFace, 'scope' | 'params' | 'query' | 'answer'> & { readonly body: t.Mixed },
  more: Pick<RouteFace, 'isTagged' | 'isStream'>,
): RouteFace => ({
  id,
  method: isNothing(codecs.body) ? 'GET' : 'POST',
  path,
  summary,
  ...(description === undefined ? {} : { description }),
  tag,
  permission,
  scope: codecs.scope,
  params: codecs.params,
  query: codecs.query,
  body: isNothing(codecs.body) ? null : codecs.body,
  answer: codecs.answer,
  status: 200,
  isAct: false,
  precondition: null,
  isStepUp: false,
  takesAdminCredential: false,
  isPaged,
  isLarge,
  ...more,
});

/** A route that changes nothing. */
export const query = <S extends Scope, P, Q, B, A>(route: QueryRoute<S, P, Q, B, A>): Route => ({
  face: queryFace(route, route, { isTagged: false, isStream: false }),
  serve: async (serving) => {
    const answer = await route.ask(await askedOf(serving, route));
    return jsonAnswer(200, route.answer, answer, route.isPaged ? nextPage(serving.request, answer) : {});
  },
});

/** An answer, and the tag of what it is about. It may be of an earlier moment than the answer, never of a later one. */
interface Tagged<A> {
  readonly answer: A;
  readonly tag: string;
}

/** The same, where the caller may hold the answer already. */
export const taggedQuery = <S extends Scope, P, Q, B, A>(
  route: Omit<QueryRoute<S, P, Q, B, A>, 'ask'> & {
    readonly ask: (asked: Asked<S, P, Q, B>) => Promise<Tagged<NoInfer<A>>>;
  },
): Route => ({
  face: queryFace(route, route, { isTagged: true, isStream: false }),
  serve: async (serving) => {
    const { answer, tag } = await route.ask(await askedOf(serving, route));
    const headers = { ETag: `W/"${tag}"` };
    const held = serving.request.headers.get('if-none-match');
    return held !== null && isNamed(held, tag)
      ? new Response(null, { status: 304, headers })
      : jsonAnswer(200, route.answer, answer, headers);
  },
});
