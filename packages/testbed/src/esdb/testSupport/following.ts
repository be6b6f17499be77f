import type { AllStreamSubscription, Position, StreamSubscription } from '@eventstore/db-client';

interface SaidEvent {
  readonly kind: 'event';
  readonly stream: string;
  readonly type: string;
  readonly revision: number;
  readonly commit: bigint;
}

/** What a subscription said. */
export type Said =
  | { readonly kind: 'confirmed' | 'caught-up' | 'fell-behind' }
  | SaidEvent
  | { readonly kind: 'checkpoint'; readonly position: Position };

export interface Following {
  readonly said: ReadonlyArray<Said>;
  /** Ends as soon as the condition holds for what was said; fails when the subscription does. */
  readonly until: (condition: (said: ReadonlyArray<Said>) => boolean) => Promise<void>;
  /** To be given to the filter of the subscription. */
  readonly checkpointReached: (subscription: unknown, position: Position) => Promise<void>;
  readonly follow: (subscription: AllStreamSubscription | StreamSubscription) => void;
  /** Ends the subscription: a connection has room for 100 calls. */
  readonly end: () => Promise<void>;
}

export const makeFollowing = (): Following => {
  const said: Said[] = [];
  let end = (): Promise<void> => Promise.resolve();
  let failure: unknown;
  const waiting = new Set<() => void>();
  const changed = (): void => waiting.forEach((check) => check());
  const say = (one: Said): void => {
    said.push(one);
    changed();
  };
  return {
    said,
    until: (condition) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (condition(said)) resolve();
          else if (failure instanceof Error) reject(failure);
          else return;
          waiting.delete(check);
        };
        waiting.add(check);
        check();
      }),
    checkpointReached: (_, position) => {
      say({ kind: 'checkpoint', position });
      return Promise.resolve();
    },
    end: () => end(),
    follow: (subscription) => {
      end = () => subscription.unsubscribe();
      subscription.on('confirmation', () => say({ kind: 'confirmed' }));
      subscription.on('caughtUp', () => say({ kind: 'caught-up' }));
      subscription.on('fellBehind', () => say({ kind: 'fell-behind' }));
      subscription.on('data', ({ event }) => {
        if (event === undefined) return;
        const { streamId: stream, type, revision, position } = event;
        say({ kind: 'event', stream, type, revision: Number(revision), commit: position?.commit ?? -1n });
      });
      subscription.on('error', (error: unknown) => {
        failure = error;
        changed();
      });
    },
  };
};

export const countOf = (said: ReadonlyArray<Said>, kind: Said['kind']): number =>
  said.filter((one) => one.kind === kind).length;

/** Revisions of the events, in the order in which they came. */
export const revisionsOf = (said: ReadonlyArray<Said>): ReadonlyArray<number> =>
  said.flatMap((one) => (one.kind === 'event' ? [one.revision] : []));

export const checkpointsOf = (said: ReadonlyArray<Said>): ReadonlyArray<Position> =>
  said.flatMap((one) => (one.kind === 'checkpoint' ? [one.position] : []));
