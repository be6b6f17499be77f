import type { KeyFact } from '../refusals/keyFact';
import { refuse, type RefusalCode } from '../refusals/refusal';
import type { Scope } from '../scope';
import type { KeyStatus } from '../state/keyEntry';
import type { FailureReason } from '../validation';
import { key } from './commands';

/** A key in this state, as refusals name it. */
export const keyIn = (status: KeyStatus, failureReason: FailureReason | null = null): KeyFact => ({
  keyId: key('k1'),
  vendor: 'anthropic' as KeyFact['vendor'],
  last4: 'AbCd',
  label: null,
  status,
  failureReason,
});
export const two = [keyIn('active'), { ...keyIn('active'), keyId: key('k2'), last4: 'EfGh' }] as const;

export const workspace: Scope = { kind: 'workspace' };
export const project = { kind: 'project', projectId: 'p' } as Scope;

/** What a person reads of a refusal with these facts, and what a console may offer. */
export const refused = (
  code: RefusalCode,
  facts: object,
): { message: string; next: ReadonlyArray<string> } => {
  const refusal = refuse(code as 'no-default', facts as never);
  return { message: refusal.message, next: refusal.facts.next };
};
