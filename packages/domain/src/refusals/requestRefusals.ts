import type { ActorKind } from '../actor';
import type { RefusalTable } from './table';

/** Refusals that the layers around the keyring give. */
export interface RequestRefusals {
  'not-permitted': { readonly actorKind: ActorKind; readonly actorId: string; readonly action: string };
  'rate-limited': { readonly waitMs: number };
  'unknown-vendor': { readonly vendor: string; readonly known: ReadonlyArray<string> };
}

export const requestRefusals: RefusalTable<RequestRefusals> = {
  'not-permitted': {
    message: (f) =>
      `${f.actorKind}:${f.actorId} may not do this (${f.action}). Nothing was done; ask whoever grants rights in this workspace.`,
    next: ['ask-for-permission'],
  },
  'rate-limited': {
    message: (f) =>
      `The workspace made too many test calls in a short time. Try again in ${Math.max(1, Math.ceil(f.waitMs / 1_000))} s.`,
    next: ['retry-later'],
  },
  'unknown-vendor': {
    message: (f) => `No vendor is called ${f.vendor}. Known are: ${f.known.join(', ')}.`,
    next: ['correct-input'],
  },
};
