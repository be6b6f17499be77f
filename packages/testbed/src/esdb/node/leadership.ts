export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Where the leader is: here, in a node that shares this one's log, elsewhere, or unknown while one is elected. */
export type Leadership =
  | { readonly kind: 'leader' }
  | { readonly kind: 'follower'; readonly leader: Endpoint; readonly sharesLog: boolean }
  | { readonly kind: 'no-leader' };
