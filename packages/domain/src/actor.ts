import * as t from 'io-ts';

export interface ActorIdBrand {
  readonly ActorId: unique symbol;
}
/** Opaque to Keyturn: the embedding service's name for whoever acts. */
export const ActorId = t.brand(
  t.string,
  (s): s is t.Branded<string, ActorIdBrand> => /^[A-Za-z0-9_.@+-]{1,64}$/.test(s),
  'ActorId',
);
export type ActorId = t.TypeOf<typeof ActorId>;

/** `system` is Keyturn itself (sweeps, expiries); a caller can't claim it. */
export const ActorKind = t.keyof({ user: null, service: null, support: null, system: null });
export type ActorKind = t.TypeOf<typeof ActorKind>;

/** What the codec of actors accepts, in words. */
export const ACTOR_RULE =
  'a kind, an id of 1 to 64 of the characters A-Z a-z 0-9 _ . @ + -, and at most the id of an origin';

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
