/** How many of each there are, and how far the search goes. */
export interface Bounds {
  readonly keys: number;
  readonly vendors: number;
  /** Different secrets: with fewer than keys, the same one is added twice. */
  readonly secrets: number;
  readonly projects: number;
  readonly runs: number;
  /** Workspaces are closed, and projects follow the Default, too: three times as many states. */
  readonly closing?: true;
  /** Reports are withdrawn, and keys suspended and reinstated, too. */
  readonly leaks?: true;
  /** A leak case of one key, with all that is done in it up to its close, held against a ledger. */
  readonly cases?: true;
  /** Commands in sequence; `Infinity` until no new state is found. */
  readonly depth: number;
}
