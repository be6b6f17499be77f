import type { Envelope } from '../envelope';
import type { CommandId, KeyId, ProjectId, RunId, WorkspaceId } from '../ids';
import type { Fingerprint } from '../events';
import type { Instant } from '../instant';
import { bans, type KeyLeak } from '../leak/keyLeak';
import type { Policy } from '../policy';
import type { KeyEntry } from '../state/keyEntry';
import type { Closing, HandledCommand, Keyring } from '../state/keyring';
import type { Pin } from '../state/pin';
import { type Generation, RecentDraft } from '../state/recent';
import { OrderedMap, type OrderedMapDraft } from '../state/orderedMap';

type Mutable<T> = { -readonly [P in keyof T]: T[P] };

/**
 * A keyring under construction, seen by nobody outside one fold. Reads as a keyring; each part is copied on its first
 * write, once per fold instead of once per event.
 */
export class Draft implements Keyring {
  workspaceId: WorkspaceId | null;
  revision: number;
  keys: ReadonlyMap<KeyId, KeyEntry>;
  listedKeyIds: ReadonlySet<KeyId>;
  abandonedKeyIds: ReadonlySet<KeyId>;
  workspaceDefault: KeyId | null;
  previousDefault: KeyId | null;
  projectDefaults: ReadonlyMap<ProjectId, KeyId>;
  leakedFingerprints: ReadonlySet<Fingerprint>;
  leaks: ReadonlyMap<KeyId, KeyLeak>;
  openPins: ReadonlyMap<RunId, Pin>;
  readonly endedRuns: RecentDraft<RunId, Instant>;
  readonly handledCommands: RecentDraft<CommandId, HandledCommand>;
  commandHorizon: Instant | null;
  lastCommandAt: Instant | null;
  windowClock: Instant | null;
  lastRestore: CommandId | null;
  logKey: number;
  closed: Closing | null;

  /** Of the event that is folded. */
  command: CommandId | null = null;
  private ownKeys: OrderedMapDraft<KeyId, KeyEntry> | null = null;
  private readonly ownEntries = new Map<KeyId, Mutable<KeyEntry>>();
  private ownListed: Set<KeyId> | null = null;
  private ownAbandoned: Set<KeyId> | null = null;
  private ownLeaked: Set<Fingerprint> | null = null;
  private ownLeaks: Map<KeyId, KeyLeak> | null = null;
  private ownProjectDefaults: Map<ProjectId, KeyId> | null = null;
  private ownPins: OrderedMapDraft<RunId, Pin> | null = null;

  constructor(
    private readonly base: Keyring,
    private readonly policy: Policy,
  ) {
    this.workspaceId = base.workspaceId;
    this.revision = base.revision;
    this.keys = base.keys;
    this.listedKeyIds = base.listedKeyIds;
    this.abandonedKeyIds = base.abandonedKeyIds;
    this.workspaceDefault = base.workspaceDefault;
    this.previousDefault = base.previousDefault;
    this.projectDefaults = base.projectDefaults;
    this.leakedFingerprints = base.leakedFingerprints;
    this.leaks = base.leaks;
    this.openPins = base.openPins;
    this.endedRuns = new RecentDraft(base.endedRuns, policy.memoryLimit);
    this.handledCommands = new RecentDraft(base.handledCommands, policy.memoryLimit, (generation) => {
      this.raiseHorizon(generation);
    });
    this.commandHorizon = base.commandHorizon;
    this.lastCommandAt = base.lastCommandAt;
    this.windowClock = base.windowClock;
    this.lastRestore = base.lastRestore;
    this.logKey = base.logKey;
    this.closed = base.closed;
  }

  /** Goes on behind a revision. */
  passOver(revision: number): void {
    this.revision = Math.max(this.revision, revision);
  }

  /** Counts the event in and remembers its command. */
  enter(envelope: Envelope): void {
    this.revision += 1;
    this.workspaceId ??= envelope.workspaceId;
    if (envelope.commandId === this.command) return;
    this.command = envelope.commandId;
    if (envelope.index > 0 && this.continuesBase(envelope.commandId)) return;
    this.advanceClock(envelope.time);
    const firstRevision = Math.max(0, this.revision - envelope.index);
    this.handledCommands.add(
      envelope.commandId,
      {
        commandId: envelope.commandId,
        commandDigest: envelope.commandDigest,
        issuedAt: envelope.issuedAt,
        firstRevision,
        lastRevision: firstRevision + envelope.count - 1,
      },
      envelope.time,
    );
  }

  addKey(entry: KeyEntry): void {
    const own = { ...entry };
    this.ownEntries.set(entry.keyId, own);
    this.writableKeys().set(entry.keyId, own);
    this.writableListed().add(entry.keyId);
  }

  /** The entry to write to, private to this draft; undefined for a key that was never added. */
  editKey(keyId: KeyId): Mutable<KeyEntry> | undefined {
    const own = this.ownEntries.get(keyId);
    if (own !== undefined) return own;
    const entry = this.keys.get(keyId);
    if (entry === undefined) return undefined;
    const copy = { ...entry };
    this.ownEntries.set(keyId, copy);
    this.writableKeys().set(keyId, copy);
    return copy;
  }

  unlist(keyId: KeyId): void {
    this.writableListed().delete(keyId);
  }

  abandon(keyId: KeyId): void {
    this.ownAbandoned ??= new Set(this.abandonedKeyIds);
    this.abandonedKeyIds = this.ownAbandoned.add(keyId);
  }

  /** A secret is banned for as long as any key that had it is reported. */
  setLeak(leak: KeyLeak): void {
    const before = this.leaks.get(leak.keyId)?.remembered ?? [];
    const leaks = (this.ownLeaks ??= new Map(this.leaks)).set(leak.keyId, leak);
    this.leaks = leaks;
    for (const secret of new Set([leak.fingerprint, ...leak.remembered, ...before])) {
      if (bans(leak, secret)) this.writableLeaked().add(secret);
      else if (
        this.leakedFingerprints.has(secret) &&
        ![...leaks.values()].some((other) => bans(other, secret))
      ) {
        this.writableLeaked().delete(secret);
      }
    }
  }

  /** For one that bans nothing. */
  dropLeak(keyId: KeyId): void {
    this.ownLeaks ??= new Map(this.leaks);
    this.ownLeaks.delete(keyId);
    this.leaks = this.ownLeaks;
  }

  setProjectDefault(projectId: ProjectId, keyId: KeyId | null): void {
    this.ownProjectDefaults ??= new Map(this.projectDefaults);
    if (keyId === null) this.ownProjectDefaults.delete(projectId);
    else this.ownProjectDefaults.set(projectId, keyId);
    this.projectDefaults = this.ownProjectDefaults;
  }

  setPin(pin: Pin): void {
    this.writablePins().set(pin.runId, pin);
  }

  /** Removes a pin and returns it. */
  takePin(runId: RunId): Pin | undefined {
    return this.writablePins().take(runId);
  }

  /** The finished keyring. The draft must not be used afterwards. */
  finish(): Keyring {
    return {
      workspaceId: this.workspaceId,
      revision: this.revision,
      keys: this.ownKeys?.finish() ?? this.base.keys,
      listedKeyIds: this.listedKeyIds,
      abandonedKeyIds: this.abandonedKeyIds,
      workspaceDefault: this.workspaceDefault,
      previousDefault: this.previousDefault,
      projectDefaults: this.projectDefaults,
      leakedFingerprints: this.leakedFingerprints,
      leaks: this.leaks,
      openPins: this.ownPins?.finish() ?? this.base.openPins,
      endedRuns: this.endedRuns.finish(),
      handledCommands: this.handledCommands.finish(),
      commandHorizon: this.commandHorizon,
      lastCommandAt: this.lastCommandAt,
      windowClock: this.windowClock,
      lastRestore: this.lastRestore,
      logKey: this.logKey,
      closed: this.closed,
    };
  }

  /** The events of one command may be folded in two steps: the second step must not count it as another command. */
  private continuesBase(commandId: CommandId): boolean {
    return this.base.handledCommands.generations.at(-1)?.entries.has(commandId) ?? false;
  }

  private advanceClock(time: Instant): void {
    const settled = this.lastCommandAt === null ? time : Math.min(this.lastCommandAt, time);
    this.lastCommandAt = time;
    this.windowClock = Math.max(this.windowClock ?? settled, settled);
    const edge = this.windowClock - this.policy.memoryWindowMs;
    this.handledCommands.forgetBefore(edge);
    this.endedRuns.forgetBefore(edge);
  }

  /**
   * Clamped to the time of the command that pushes out, so that one caller's wrong clock can't refuse everyone else.
   */
  private raiseHorizon(forgotten: Generation<CommandId, HandledCommand>): void {
    let newest = this.commandHorizon ?? 0;
    for (const { issuedAt } of forgotten.entries.values()) {
      newest = Math.max(newest, Math.min(issuedAt, this.lastCommandAt ?? issuedAt));
    }
    this.commandHorizon = newest;
  }

  private writableKeys(): OrderedMapDraft<KeyId, KeyEntry> {
    this.ownKeys ??= OrderedMap.of(this.keys).draft();
    this.keys = this.ownKeys;
    return this.ownKeys;
  }

  private writableListed(): Set<KeyId> {
    this.ownListed ??= new Set(this.listedKeyIds);
    this.listedKeyIds = this.ownListed;
    return this.ownListed;
  }

  private writableLeaked(): Set<Fingerprint> {
    this.ownLeaked ??= new Set(this.leakedFingerprints);
    this.leakedFingerprints = this.ownLeaked;
    return this.ownLeaked;
  }

  private writablePins(): OrderedMapDraft<RunId, Pin> {
    this.ownPins ??= OrderedMap.of(this.openPins).draft();
    this.openPins = this.ownPins;
    return this.ownPins;
  }
}
