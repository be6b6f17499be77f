import type { Actor } from '../actor';
import type { RunId } from '../ids';
import { quotable } from '../secretShape';
import type { KeyEntry } from '../state/keyEntry';
import { keyFact } from './keyFact';
import { refuse, type RefusalOf } from './refusal';
import type { MeantKey } from './requestRefusals';

/** An input that breaks its rule. The rule reads after "It has to be". What the input held is not repeated. */
export const invalidInput = (field: string, rule: string): RefusalOf<'invalid-input'> =>
  refuse('invalid-input', { field, rule });

/** A text that is kept and shown, and looks as if it held a secret. */
export const textContainsSecret = (field: string): RefusalOf<'text-contains-secret'> =>
  refuse('text-contains-secret', { field });

/** The embedding service's authorisation hook said no. */
export const notPermitted = (actor: Actor, action: string): RefusalOf<'not-permitted'> =>
  refuse('not-permitted', { actorKind: actor.kind, actorId: actor.id, action });

export const rateLimited = (waitMs: number): RefusalOf<'rate-limited'> => refuse('rate-limited', { waitMs });

/** What was typed as a vendor is repeated only where it can't be a key pasted into the wrong place. */
export const unknownVendor = (vendor: string, known: ReadonlyArray<string>): RefusalOf<'unknown-vendor'> =>
  refuse('unknown-vendor', { vendor: quotable(vendor), known });

/** The id is repeated only where it can't be a key pasted into the wrong place. */
export const unknownKey = (keyId: string): RefusalOf<'unknown-key'> =>
  refuse('unknown-key', { keyId: quotable(keyId) });

/** The id is repeated only where it can't be a key pasted into the wrong place. */
export const unknownWorkspace = (workspaceId: string): RefusalOf<'unknown-workspace'> =>
  refuse('unknown-workspace', { workspaceId: quotable(workspaceId) });

/** More keys than one begin so. */
export const keyAmbiguous = (
  prefix: string,
  candidates: ReadonlyArray<MeantKey>,
): RefusalOf<'key-ambiguous'> =>
  refuse('key-ambiguous', {
    prefix: quotable(prefix),
    candidates: candidates.map(({ keyId, vendor, last4, label }) => ({ keyId, vendor, last4, label })),
  });

/** The run was open before, and the caller wants it started once only. */
export const runAlreadyOpen = (runId: RunId): RefusalOf<'run-already-open'> =>
  refuse('run-already-open', { runId });

/** The key went while it was about to be opened, for a run or for a test call. */
export const runInterrupted = (key: KeyEntry, runId: RunId | null = null): RefusalOf<'run-interrupted'> =>
  refuse('run-interrupted', { runId, key: keyFact(key) });

/** The log has all that the vault knows of it. */
export const nothingToAccept = (workspaceId: string): RefusalOf<'nothing-to-accept'> =>
  refuse('nothing-to-accept', { workspaceId });

/** The log's last event is sealed. */
export const nothingToDisown = (workspaceId: string): RefusalOf<'nothing-to-disown'> =>
  refuse('nothing-to-disown', { workspaceId });

/** The vendor lists no key by the id that may be this one. */
export const vendorKeyUnfit = (vendorName: string, key: KeyEntry): RefusalOf<'vendor-key-unfit'> =>
  refuse('vendor-key-unfit', { vendorName, key: keyFact(key) });
