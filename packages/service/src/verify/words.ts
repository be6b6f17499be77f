import type { VerifyFinding, VerifyFindingKind } from './report';

const RESTORE = 'Stop this workspace’s work, and restore the events from a backup.';

const damaged = (workspaceId: string | null): string =>
  `${RESTORE} What stands at the end, and nobody sealed, is disowned by ` +
  `keyturn log disown --workspace ${workspaceId ?? ''}.`;

const accept = (workspaceId: string | null): string =>
  `Restore the newer events, or accept the loss with keyturn log accept --workspace ${workspaceId ?? ''}.`;

const NEXT: { readonly [K in VerifyFindingKind]: (workspaceId: string | null) => string } = {
  'log-damaged': damaged,
  'log-behind': accept,
  'witness-differs': () => RESTORE,
  'witness-damaged': () => 'Restore the vault from a backup.',
  'snapshot-damaged': () =>
    'It is ignored, and replaced by the next one. Find out who wrote to the event store.',
  'key-lost-from-log': accept,
  'secret-lost-from-vault': () => 'Restore the newer vault, or delete the key and add its secret anew.',
  'secret-damaged': () => 'Restore the vault from a backup, or delete the key and add its secret anew.',
  'undestroyed-secret': () => 'Run keyturn sweep: it shreds the secret, and proves it gone.',
  'not-checked': () => 'See to what failed, then run keyturn verify again.',
};

/** A finding, with what to do about it. */
export const finding = (
  kind: VerifyFindingKind,
  what: string,
  at: Partial<Pick<VerifyFinding, 'workspaceId' | 'stream' | 'revision' | 'keyId'>>,
): VerifyFinding => {
  const { workspaceId = null, stream = null, revision = null, keyId = null } = at;
  return { kind, workspaceId, stream, revision, keyId, what, next: NEXT[kind](workspaceId) };
};
