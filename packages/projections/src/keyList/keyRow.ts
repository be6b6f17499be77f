import { displayLine, type FailureReason, type KeyStatus } from '@keyturn/domain';
import type { ProjectedEvent } from '../runtime/projector';
import type { KeyListTable } from './tables';

/** A key as the list has it, while a batch is applied to it. */
export interface KeyRow {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly addedPosition: bigint;
  readonly vendor: string;
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly label: string | null;
  readonly last4: string;
  readonly addedAt: number;
  status: KeyStatus;
  failureReason: FailureReason | null;
  isDefault: boolean;
  wasDefault: boolean;
  projectDefaults: ReadonlyArray<string>;
  runsInFlight: number;
  lastUsedAt: number | null;
  lastValidatedAt: number | null;
}

/** A key that was just added. */
export const addedRow = (
  { recorded, envelope }: ProjectedEvent,
  data: Pick<KeyRow, 'keyId' | 'vendor' | 'endpoint' | 'region' | 'label' | 'last4'>,
): KeyRow => ({
  workspaceId: envelope.workspaceId,
  keyId: data.keyId,
  addedPosition: recorded.position,
  vendor: data.vendor,
  endpoint: data.endpoint,
  region: data.region,
  label: data.label,
  last4: data.last4,
  addedAt: envelope.time,
  status: 'pending',
  failureReason: null,
  isDefault: false,
  wasDefault: false,
  projectDefaults: [],
  runsInFlight: 0,
  lastUsedAt: null,
  lastValidatedAt: null,
});

export const rowOf = (stored: Omit<KeyListTable, 'added_position'>, addedPosition: bigint): KeyRow => ({
  workspaceId: stored.workspace_id,
  keyId: stored.key_id,
  addedPosition,
  vendor: stored.vendor,
  endpoint: stored.endpoint,
  region: stored.region,
  label: stored.label,
  last4: stored.last4,
  addedAt: stored.added_at,
  status: stored.status,
  failureReason: stored.failure_reason,
  isDefault: stored.is_default === 1,
  wasDefault: stored.was_default === 1,
  projectDefaults: projectList(stored.project_defaults),
  runsInFlight: stored.runs_in_flight,
  lastUsedAt: stored.last_used_at,
  lastValidatedAt: stored.last_validated_at,
});

/** The list of project ids in a row's `project_defaults`. */
export const projectList = (json: string): ReadonlyArray<string> => {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((project) => typeof project === 'string') : [];
};

/** The columns that change in a key's life, in the order of `CHANGING_COLUMNS`. */
export const changingValues = (row: KeyRow): ReadonlyArray<string | number | null> => [
  row.status,
  row.failureReason,
  row.isDefault ? 1 : 0,
  row.wasDefault ? 1 : 0,
  JSON.stringify(row.projectDefaults),
  row.runsInFlight,
  row.lastUsedAt,
  row.lastValidatedAt,
  displayLine({
    last4: row.last4,
    status: row.status,
    failureReason: row.failureReason,
    isDefault: row.isDefault,
    wasDefault: row.wasDefault,
    openRuns: row.runsInFlight,
  }),
];

export const CHANGING_COLUMNS = [
  'status',
  'failure_reason',
  'is_default',
  'was_default',
  'project_defaults',
  'runs_in_flight',
  'last_used_at',
  'last_validated_at',
  'display',
] as const satisfies ReadonlyArray<keyof KeyListTable>;

/** The columns that are settled when a key is added, in the order of `SETTLED_COLUMNS`. */
export const settledValues = (row: KeyRow): ReadonlyArray<string | number | bigint | null> => [
  row.workspaceId,
  row.keyId,
  row.addedPosition,
  row.vendor,
  row.endpoint,
  row.region,
  row.label,
  row.last4,
  row.addedAt,
];

export const SETTLED_COLUMNS = [
  'workspace_id',
  'key_id',
  'added_position',
  'vendor',
  'endpoint',
  'region',
  'label',
  'last4',
  'added_at',
] as const satisfies ReadonlyArray<keyof KeyListTable>;
