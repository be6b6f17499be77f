import * as t from 'io-ts';

export interface ActorIdBrand {
  readonly ActorId: unique symbol;
}
/**
 * Opaque to Keyturn: the embedding service's name for whoever acts, as an identity provider gives it (`auth0|…`,
 * `DOMAIN\\ada`, a URN). Printable ASCII without what markup and quoting take: no space, no `"`, `<`, `>` or backtick.
 */
export const ActorId = t.brand(
  t.string,
  (s): s is t.Branded<string, ActorIdBrand> => /^[\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7e]{1,256}$/.test(s),
  'ActorId',
);
export type ActorId = t.TypeOf<typeof ActorId>;

/** `system` is Keyturn itself (sweeps, expiries); a caller can't claim it. */
export const ActorKind = t.keyof({ user: null, service: null, support: null, system: null });
export type ActorKind = t.TypeOf<typeof ActorKind>;

/** What the codec of actors' ids accepts, in words. */
export const ACTOR_ID_RULE = '1 to 256 printable characters of ASCII, without spaces, " < > and backticks';

/** What the codec of actors accepts, in words. */
export const ACTOR_RULE = `a kind, an id of ${ACTOR_ID_RULE}, and at most the id of an origin`;

const OriginRef = t.refinement(t.string, (s) => /^[A-Za-z0-9_-]{1,64}$/.test(s), 'OriginRef');

/**
 * Who caused an event. `originRef` names a row that holds IP and user agent. It is kept outside the log, where it can
 * be erased: those are personal data, and the log does not forget.
 */
export const Actor = t.intersection([
  t.type({ kind: ActorKind, id: ActorId }),
  t.partial({ originRef: OriginRef }),
]);
export type Actor = t.TypeOf<typeof Actor>;
