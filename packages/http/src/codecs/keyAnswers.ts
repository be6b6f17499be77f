import type {
  BrokenDefault as TheBrokenDefault,
  ClosedKey as TheClosedKey,
  DefaultChange as TheDefaultChange,
  DefaultClearing as TheDefaultClearing,
  Destruction as TheDestruction,
  DestructionReceipt as TheReceipt,
  KeyAddition as TheKeyAddition,
  KeyChange as TheKeyChange,
  KeyDeletion as TheKeyDeletion,
  KeysDuePage as TheKeysDuePage,
  KeySummary as TheKeySummary,
  KeyValidation as TheKeyValidation,
  KnownKey as TheKnownKey,
  Validation as TheValidation,
  WorkspaceClosing as TheWorkspaceClosing,
  WorkspaceLog as TheWorkspaceLog,
} from 'keyturn';
import { list, noted, nullable, object, objectWith, pattern, word, type Codec } from './codec';
import { LogStanding, WorkspaceLog } from './logAnswers';
import type { Plain } from './plain';
import {
  anyMembers,
  Cause,
  Failure,
  FailureOrNone,
  flag,
  Instant,
  literal,
  number,
  Status,
  text,
  WhoseFault,
} from './words';

export const written = { keyringRevision: number, position: nullable(text) } as const;

export const KeySummary: Codec<Plain<TheKeySummary>> = object('KeySummary', {
  keyId: text,
  vendor: text,
  label: nullable(text),
  last4: text,
  status: Status,
  isDefault: flag,
  expiresAt: nullable(Instant),
  display: text,
});

const faultCounts = object('FaultCounts', {
  windowMinutes: number,
  workspaces: number,
  workspacesTroubled: number,
  vendors: number,
  vendorsTroubled: number,
});

const toldFault = {
  fault: nullable(WhoseFault),
  faultCounts: nullable(faultCounts),
  faultSentence: nullable(text),
} as const;

export const KnownKey: Codec<Plain<TheKnownKey>> = object('KnownKey', {
  workspaceId: text,
  keyId: text,
  vendor: text,
  endpoint: nullable(text),
  region: nullable(text),
  model: nullable(text),
  label: nullable(text),
  last4: text,
  status: Status,
  failureReason: nullable(Failure),
  isDefault: flag,
  wasDefault: flag,
  projectDefaults: list(text),
  runsInFlight: number,
  addedAt: Instant,
  expiresAt: nullable(Instant),
  lastUsedAt: nullable(Instant),
  lastValidatedAt: nullable(Instant),
  display: text,
  hardDeleted: flag,
  hardDeletedAt: nullable(Instant),
  destroyedAt: nullable(Instant),
  reportedLeakedAt: nullable(Instant),
  leakCases: list(text),
  suspended: flag,
  rotateBy: nullable(Instant),
  rotateBecause: nullable(word({ age: null, expiry: null })),
  ...toldFault,
});

const Validation: Codec<Plain<TheValidation>> = object('Validation', {
  outcome: word({ accepted: null, failed: null, inconclusive: null }),
  reason: nullable(FailureOrNone),
  cause: nullable(Cause),
  condition: nullable(word({ completed: null, throttled: null })),
  calledAt: Instant,
  httpStatus: nullable(number),
  vendorCode: nullable(text),
  vendorRequestId: nullable(text),
  endpointOverride: nullable(text),
  latencyMs: number,
  sentence: text,
  ...toldFault,
});

const BrokenDefault: Codec<Plain<TheBrokenDefault>> = object('BrokenDefault', {
  projectId: nullable(text),
  key: KeySummary,
  candidates: list(KeySummary),
});

export const KeyAddition: Codec<Plain<TheKeyAddition>> = object('KeyAddition', {
  key: KeySummary,
  becameDefault: flag,
  newWorkspace: flag,
  validation: noted(nullable(Validation), {
    description:
      'Null while the test call has no outcome that is recorded: ask for the key again, or test it again.',
  }),
  formatWarning: nullable(text),
  brokenDefaults: list(BrokenDefault),
  ...written,
});

export const KeyValidation: Codec<Plain<TheKeyValidation>> = object('KeyValidation', {
  key: KeySummary,
  validation: Validation,
  testCalls: number,
  brokenDefaults: list(BrokenDefault),
  ...written,
});

export const KeyChange: Codec<Plain<TheKeyChange>> = object('KeyChange', {
  key: KeySummary,
  changed: flag,
  ...written,
});

export const DefaultChange: Codec<Plain<TheDefaultChange>> = object('DefaultChange', {
  key: KeySummary,
  changed: flag,
  projectsMoved: list(text),
  projectsLeft: list(text),
  ...written,
});

export const DefaultClearing: Codec<Plain<TheDefaultClearing>> = object('DefaultClearing', {
  changed: flag,
  ...written,
});

const proof = word({ erased: null, row: null });

export const Destruction: Codec<Plain<TheDestruction>> = object('Destruction', {
  keyId: text,
  state: word({ confirmed: null, pending: null }),
  proof: nullable(proof),
  reason: nullable(text),
});

/** What a check of a key at its vendor came to. */
export const killCheck = {
  says: word({ dead: null, alive: null, 'alive-unfunded': null, 'cannot-tell': null, 'not-checkable': null }),
  attempts: number,
  control: word({ passed: null, failed: null, none: null }),
  counts: flag,
  dead: flag,
} as const;

export const KeyDeletion: Codec<Plain<TheKeyDeletion>> = object('KeyDeletion', {
  key: KeySummary,
  state: word({ retired: null, 'hard-deleted': null }),
  openRuns: number,
  interruptedRuns: list(text),
  destructions: list(Destruction),
  alreadyDeleted: flag,
  sameSecret: list(KeySummary),
  killCheck: nullable(object('KillCheckAnswer', killCheck)),
  ...written,
});

// Its `proof` may be undefined in memory, and is left out of JSON then.
export const Receipt = objectWith(
  'DestructionReceipt',
  {
    destroyedAt: Instant,
    secretsDestroyed: number,
    dataKeysDestroyed: number,
    method: text,
    checks: list(text),
  },
  { proof },
) as unknown as Codec<Plain<TheReceipt>>;

const ClosedKey: Codec<Plain<TheClosedKey>> = object('ClosedKey', {
  key: KeySummary,
  interruptedRuns: list(text),
  state: word({ confirmed: null, pending: null }),
  reason: nullable(text),
  receipt: nullable(Receipt),
});

export const WorkspaceClosing: Codec<Plain<TheWorkspaceClosing>> = object('WorkspaceClosing', {
  workspaceId: text,
  changed: flag,
  caseId: text,
  closedAt: Instant,
  keys: list(ClosedKey),
  ...written,
});

/** Pages of what has several of them. */
export const page = { next: nullable(text), more: flag } as const;

export const KeyList: Codec<{
  readonly keys: ReadonlyArray<Plain<TheKnownKey>>;
  readonly log: Plain<TheWorkspaceLog>;
}> = object('KeyList', { keys: list(KnownKey), log: WorkspaceLog });

export const KeysDuePage: Codec<Plain<TheKeysDuePage>> = object('KeysDuePage', {
  rotateAfterDays: number,
  log: LogStanding,
  keys: list(KnownKey),
  ...page,
});

export const Foreseen: Codec<{
  readonly dryRun: true;
  readonly events: ReadonlyArray<{
    readonly type: string;
    readonly data: { readonly [member: string]: unknown };
  }>;
  readonly keyringRevision: number;
  readonly digest: string;
}> = object('Foreseen', {
  dryRun: literal(true),
  events: list(
    object('ForeseenEvent', {
      type: text,
      data: anyMembers,
    }),
  ),
  keyringRevision: number,
  digest: noted(pattern('^[A-Za-z0-9_-]{43}$', 'a digest'), {
    description: 'A delete hands it back as `If-Match`, so that it does just this.',
  }),
});
