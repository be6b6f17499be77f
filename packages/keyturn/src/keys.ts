import type { CallContext, Keyturn as Service } from '@keyturn/service';
import type { TaskEither } from 'fp-ts/TaskEither';
import { makeAct, type Act, type ActParts } from './act';
import type { ActContext, QueryOptions } from './context';
import { pastedText } from './pasted';
import type { KeysQuery, KnownKey } from './knownKeys';
import type { Reading } from './reading';
import type {
  DefaultChange,
  DefaultClearing,
  KeyAddition,
  KeyChange,
  KeyDeletion,
  KeyValidation,
  TellValidation,
} from './results';

export interface AddKeyInput {
  /** Whose key it is, such as `anthropic`. */
  readonly vendor: string;
  /**
   * As it was pasted; bytes are UTF-8, and stay yours to wipe. A string can't be wiped: drop it as soon as the call is
   * made.
   */
  readonly pasted: string | Uint8Array;
  /** A name of your own for it: 1 to 64 characters with something to see, no space at either end. */
  readonly label?: string | null | undefined;
  /** When you want it replaced, milliseconds since 1970; never when left out. It is due then, and refuses nothing. */
  readonly expiresAt?: number | null | undefined;
  /** For vendors whose keys belong to an endpoint. */
  readonly endpoint?: string | null | undefined;
  /** For vendors whose keys belong to a region. */
  readonly region?: string | null | undefined;
  /** The model, or deployment, for vendors whose keys come with one. */
  readonly model?: string | null | undefined;
  /** Take off what does not belong to the key (white space, quotes, a name) instead of refusing the paste. */
  readonly clean?: boolean | undefined;
  /** Your word that what looks like somebody else's secret is this vendor's key all the same. */
  readonly vendorIsCertain?: boolean | undefined;
  /** Your word that the paste is the key as it is, whatever printable characters it has. */
  readonly keyIsCertain?: boolean | undefined;
}

export interface RelabelKeyInput {
  readonly keyId: string;
  /** Null, or an empty text, takes the label away. */
  readonly label: string | null;
}

export interface SetKeyExpiryInput {
  readonly keyId: string;
  /** When the key is to be replaced, milliseconds since 1970; null for never. */
  readonly expiresAt: number | null;
}

export interface SetDefaultInput {
  readonly keyId: string;
  /** The Default of this project alone; of the workspace when left out. */
  readonly projectId?: string;
  /**
   * `follow`: projects whose own Default is the key that is replaced get this one, too, in the same append. `stay` when
   * left out: the answer names them (`projectsLeft`). Not with `projectId`.
   */
  readonly projects?: 'stay' | 'follow';
}

export interface DeleteKeyInput {
  readonly keyId: string;
  /** Becomes Default wherever the deleted key was. */
  readonly successor?: string | undefined;
  /** Your word that the workspace may be left without any key. */
  readonly leaveEmpty?: boolean | undefined;
}

export interface HardDeleteKeyInput {
  readonly keyId: string;
  readonly successor?: string | undefined;
  readonly caseId: string;
  /** `leak` when left out: the secret then never comes back on file. */
  readonly reason?: 'leak' | 'other';
  /**
   * Ask the vendor once whether the key still works, while its bytes are there. The delete waits for the answer, 15
   * seconds at most, and goes on whatever it is. Of a leak alone, and not with `ifRevision`: the check is recorded
   * first.
   */
  readonly killCheck?: boolean;
}

/** A workspace's keys. */
export interface Keys {
  /**
   * Checks the paste, seals the secret, records the key and test-calls its vendor. The first key of a workspace is its
   * Default at once. The key is `active`, `failed` or still `pending` after that, as `validation` says; on file it is
   * all the same.
   *
   * Refuses a paste for what it holds (`paste-…`), `unknown-vendor`, `text-contains-secret`, `rate-limited`,
   * `key-already-on-file`, `fingerprint-leaked`, `key-limit-reached`; `key-id-used` when the same secret was being
   * destroyed at that moment (paste it again).
   *
   * @example
   * const { key, validation } = await keyturn.keys.add(ctx, { vendor: 'anthropic', pasted });
   */
  readonly add: Act<AddKeyInput, KeyAddition>;
  /** Test-calls a key on file again. Refuses `unknown-key`, `key-not-on-file`, `rate-limited`. */
  readonly validate: Act<{ readonly keyId: string }, KeyValidation>;
  /**
   * Gives a key another name of your own, or none. Refuses `unknown-key`, `key-not-on-file` for one that is deleted,
   * `text-contains-secret`.
   *
   * @example
   * await keyturn.keys.relabel(ctx, { keyId, label: 'prod-2' });
   */
  readonly relabel: Act<RelabelKeyInput, KeyChange>;
  /**
   * Says when a key is to be replaced. It is shown and due then, and refuses nothing: no run stops because of it.
   * Refuses `unknown-key`, `key-not-on-file` for one that is deleted.
   *
   * @example
   * await keyturn.keys.setExpiry(ctx, { keyId, expiresAt: Date.UTC(2027, 2, 31) });
   */
  readonly setExpiry: Act<SetKeyExpiryInput, KeyChange>;
  /**
   * New runs use this key from now on; runs under way keep theirs. Projects with a Default of their own keep that,
   * unless it is the key that is replaced and they are to `follow`. Refuses `unknown-key`, `key-not-on-file`,
   * `key-not-active`.
   *
   * @example
   * const { projectsLeft } = await keyturn.keys.setDefault(ctx, { keyId });
   * if (projectsLeft.length > 0) await keyturn.keys.setDefault(ctx, { keyId, projects: 'follow' });
   */
  readonly setDefault: Act<SetDefaultInput, DefaultChange>;
  /** The project uses the workspace's Default again. Nothing to clear is no error. */
  readonly clearDefault: Act<{ readonly projectId: string }, DefaultClearing>;
  /**
   * Deletes a key: at once, or when the last run that holds it ends. Refuses `unknown-key`, `key-not-on-file`,
   * `successor-needed`, `successor-is-the-key`, `successor-not-on-file`, `successor-not-active`, `last-key`.
   */
  readonly delete: Act<DeleteKeyInput, KeyDeletion>;
  /**
   * The emergency path: destroys a key now, whatever holds it, and names the runs that this interrupts. Being the only
   * key is no obstacle. Of a key that is deleted already the leak is recorded, so that its secret does not come back,
   * and what is left of its destruction is done (`alreadyDeleted`). Refuses what `delete` does but `last-key` and
   * `key-not-on-file`.
   *
   * @example
   * const { killCheck } = await keyturn.keys.hardDelete(ctx, { keyId, caseId: 'SEC/1042', killCheck: true });
   * if (killCheck?.says === 'alive') show('The vendor still takes the key: revoke it there.');
   */
  readonly hardDelete: Act<HardDeleteKeyInput, KeyDeletion>;
  /**
   * The masked list: keys on file and retired ones, oldest first. `includeHardDeleted` for all that ever were.
   */
  readonly list: (
    ctx: ActContext,
    query?: KeysQuery,
    options?: QueryOptions,
  ) => Promise<ReadonlyArray<KnownKey>>;
  /**
   * Keys on file that are due for rotation, what is due first coming first: as old as `rotateAfterDays` of
   * `openKeyturn` says, or past their expiry. Of one workspace, or of all of them where `workspaceId` is left out; the
   * hook is asked for `ListKeysDue`.
   *
   * @example
   * const { keys } = await keyturn.keys.due({ actor }, { withinDays: 14 });
   */
  readonly due: Reading['keysDue'];
  /** What vouches for the list: how far the seals of the workspace's log were checked. */
  readonly checked: Reading['keysLog'];
  /** Keys whose id begins so, hard-deleted ones too, by id: to resolve what a person typed. */
  readonly find: (
    ctx: ActContext,
    query: { readonly idPrefix: string },
    options?: QueryOptions,
  ) => Promise<ReadonlyArray<KnownKey>>;
  /**
   * The key that a person named: by its id, or by at least 5 characters of its beginning that no other key of the
   * workspace has. Never by a last 4, which many keys share. Refuses `unknown-workspace`, `unknown-key`,
   * `key-ambiguous` (its facts have the candidates).
   *
   * @example
   * const { keyId } = await keyturn.keys.resolve(ctx, '6f0c3a1e');
   */
  readonly resolve: (ctx: ActContext, named: string, options?: QueryOptions) => Promise<KnownKey>;
}

/** A use case for a paste, which takes text. */
const ofPaste =
  <E, A>(
    useCase: (context: CallContext, request: AddKeyInput & { readonly pasted: string }) => TaskEither<E, A>,
  ) =>
  (context: CallContext, { pasted, ...input }: AddKeyInput): TaskEither<E, A> =>
  async () =>
    useCase(context, { ...input, pasted: pastedText(pasted) })();

export const makeKeys = (service: Service, reading: Reading, tell: TellValidation, parts: ActParts): Keys => {
  const act = makeAct(parts);
  const { foresee } = service;
  return {
    add: act(ofPaste(service.addKey), ofPaste(foresee.addKey), async ({ validation, ...added }) => ({
      ...added,
      validation: validation === null ? null : await tell(added.key.vendor, validation, added.position),
    })),
    validate: act(service.validateKey, foresee.validateKey, async ({ validation, ...validated }) => ({
      ...validated,
      validation: await tell(validated.key.vendor, validation, validated.position),
    })),
    relabel: act(service.relabelKey, foresee.relabelKey, (relabelled) => relabelled),
    setExpiry: act(service.setKeyExpiry, foresee.setKeyExpiry, (set) => set),
    setDefault: act(service.setDefault, foresee.setDefault, (set) => set),
    clearDefault: act(service.clearProjectDefault, foresee.clearProjectDefault, (cleared) => cleared),
    delete: act(service.deleteKey, foresee.deleteKey, (deleted) => deleted),
    hardDelete: act(service.hardDeleteKey, foresee.hardDeleteKey, (deleted) => deleted),
    list: reading.listKeys,
    due: reading.keysDue,
    checked: reading.keysLog,
    find: reading.findKeys,
    resolve: reading.resolveKey,
  };
};
