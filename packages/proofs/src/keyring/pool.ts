import type {
  Actor,
  ActorId,
  CaseId,
  CommandId,
  CorrelationId,
  DestructionReceipt,
  KeyId,
  ProjectId,
  RunId,
  Vendor,
  WorkspaceId,
} from '@keyturn/domain';

/** When every generated story begins. */
export const STORY_BEGINS = Date.UTC(2026, 10, 23, 7, 0, 0);

export const storyWorkspace = 'acme' as WorkspaceId;
export const storyActor: Actor = { kind: 'user', id: 'ada' as ActorId };
export const storyCase = 'SEC-7' as CaseId;

const vendors = ['anthropic', 'openai'] as ReadonlyArray<string> as ReadonlyArray<Vendor>;

export const caseIdOf = (n: number): CaseId => `SEC-${n}` as CaseId;
export const keyIdOf = (n: number): KeyId => `k${n}` as KeyId;
export const runIdOf = (n: number): RunId => `r${n}` as RunId;
export const projectIdOf = (n: number): ProjectId => `p${n}` as ProjectId;
export const vendorOf = (n: number): Vendor => vendors[n % vendors.length] ?? ('anthropic' as Vendor);
export const commandIdOf = (n: number): CommandId => `c${n}` as CommandId;
export const correlationIdOf = (n: number): CorrelationId => `q${n}` as CorrelationId;

/** Stands for the fingerprint of one of a few secrets. */
export const fingerprintOf = (secret: number): string => `fingerprint-of-secret-${secret}`;
export const last4Of = (secret: number): string => `xx${String(secret).padStart(2, '0')}`;

export const receipt: DestructionReceipt = {
  destroyedAt: STORY_BEGINS,
  secretsDestroyed: 1,
  dataKeysDestroyed: 1,
  method: 'delete',
  checks: ['row gone'],
};
