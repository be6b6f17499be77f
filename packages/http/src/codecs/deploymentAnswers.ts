import type {
  CertificateCheck as TheCertificateCheck,
  Health as TheHealth,
  HousekeepingState as TheHousekeeping,
  ListedWorkspace as TheWorkspace,
  ProjectionName,
  ProjectionStatus as TheProjection,
  SweepReport as TheSweep,
  VendorFacts as TheVendor,
  VendorTrouble as TheTrouble,
  VerifyFindingKind,
  VerifyReport as TheVerification,
  WorkspacesPage as TheWorkspacesPage,
} from 'keyturn';
import * as t from 'io-ts';
import { list, nullable, object, word, type Codec } from './codec';
import { page } from './keyAnswers';
import { StoppedWorkspace } from './logAnswers';
import type { Plain } from './plain';
import { flag, Instant, literal, number, SweepFindingKind, text, WhoseFault } from './words';

export const Workspace: Codec<Plain<TheWorkspace>> = object('Workspace', {
  workspaceId: text,
  keys: object('KeysByStatus', {
    pending: number,
    active: number,
    failed: number,
    retired: number,
    'hard-deleted': number,
  }),
  defaultKey: nullable(
    object('DefaultKey', { keyId: text, vendor: text, last4: text, label: nullable(text) }),
  ),
  since: Instant,
  lastActivityAt: nullable(Instant),
  closedAt: nullable(Instant),
  closedCaseId: nullable(text),
});

export const WorkspacesPage: Codec<Omit<Plain<TheWorkspacesPage>, 'log'>> = object('WorkspacesPage', {
  workspaces: list(Workspace),
  ...page,
});

export const Vendor: Codec<Plain<TheVendor>> = object('Vendor', {
  vendor: text,
  name: text,
  keyPage: nullable(text),
  revocationPage: nullable(text),
});

export const Vendors: Codec<{ readonly vendors: ReadonlyArray<Plain<TheVendor>> }> = object('Vendors', {
  vendors: list(Vendor),
});

export const VendorTroubles: Codec<{ readonly troubles: ReadonlyArray<Plain<TheTrouble>> }> = object(
  'VendorTroubles',
  {
    troubles: list(
      object('VendorTrouble', {
        vendor: text,
        called: number,
        troubled: number,
        ours: number,
        fault: WhoseFault,
      }),
    ),
  },
);

const projectionName: Codec<ProjectionName> = word({
  'key-list': null,
  'run-usage': null,
  'audit-log': null,
});

const Projection: Codec<Plain<TheProjection>> = object('Projection', {
  name: projectionName,
  version: number,
  outdated: flag,
  position: nullable(text),
  head: nullable(text),
  lag: text,
  events: number,
  workspaces: number,
  sealedWorkspaces: number,
  stopped: list(StoppedWorkspace),
  updatedAt: Instant,
  lastError: nullable(text),
  rebuild: nullable(object('Rebuild', { position: nullable(text) })),
});

const Reached = object('Reached', { reachable: flag, fault: nullable(text) });

const Housekeeping: Codec<Plain<TheHousekeeping>> = object('Housekeeping', {
  sweptAt: nullable(Instant),
  sweepFault: nullable(text),
  pending: number,
  overdueRuns: number,
  unconfirmedDestructions: number,
  projectionFault: nullable(text),
});

export const Health: Codec<Plain<TheHealth>> = object('Health', {
  status: word({ ok: null, degraded: null, failing: null }),
  eventStore: Reached,
  vault: Reached,
  projections: list(Projection),
  projectionFault: nullable(text),
  housekeeping: nullable(Housekeeping),
  refusalFault: nullable(text),
  secretsInUse: number,
});

const sweepFinding = { workspaceId: text, keyId: nullable(text), runId: nullable(text) } as const;

export const SweepReport: Codec<Plain<TheSweep>> = object('SweepReport', {
  dryRun: flag,
  workspaces: number,
  repairs: list(object('SweepRepair', { kind: SweepFindingKind, ...sweepFinding })),
  pending: list(
    object('SweepPending', {
      kind: t.union([SweepFindingKind, literal('workspace')]),
      code: text,
      reason: text,
      ...sweepFinding,
    }),
  ),
});

const verifyKinds = {
  'log-damaged': null,
  'log-behind': null,
  'witness-differs': null,
  'witness-damaged': null,
  'snapshot-damaged': null,
  'key-lost-from-log': null,
  'secret-lost-from-vault': null,
  'secret-damaged': null,
  'undestroyed-secret': null,
  'not-checked': null,
} as const;

const verifyFinding = {
  workspaceId: nullable(text),
  stream: nullable(text),
  revision: nullable(number),
  keyId: nullable(text),
  what: text,
  next: text,
} as const;

const verifyKind: Codec<VerifyFindingKind> = word({ ...verifyKinds, 'read-model-differs': null });

/** What is wrong with events or vault. */
export const VerifiedLog: Codec<Plain<TheCertificateCheck['logFindings'][number]>> = object('LogFinding', {
  kind: word(verifyKinds),
  ...verifyFinding,
});

export const Verification: Codec<Plain<TheVerification>> = object('Verification', {
  workspaces: number,
  events: number,
  keysOpened: number,
  sealsGood: number,
  sealsVouched: number,
  readModels: list(projectionName),
  findings: list(
    object('VerifyFinding', { kind: verifyKind, projection: nullable(projectionName), ...verifyFinding }),
  ),
});
