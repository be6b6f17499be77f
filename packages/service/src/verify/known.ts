import { keyringStream, type RememberedRemoval, type WorkspaceId } from '@keyturn/domain';
import type { StreamHead } from '@keyturn/event-store';
import type { VerifyFinding } from './report';
import { finding } from './words';

/** What a stream has to reach: a revision with its chain value, and who knows of it. */
export interface KnownHead extends StreamHead {
  readonly from: 'witness' | 'snapshot';
}

const KNOWS: { readonly [F in KnownHead['from']]: string } = {
  witness: 'the vault knows',
  snapshot: 'a sealed snapshot shows',
};

/** The stream ends before what is known of it. */
export const behind = (
  workspaceId: WorkspaceId,
  head: number,
  { from, revision }: KnownHead,
): VerifyFinding => {
  const ends = head < 0 ? 'has no event' : `ends at revision ${head}`;
  return finding(
    'log-behind',
    `The stream ${ends}, and ${KNOWS[from]} that it has reached revision ${revision}.`,
    { workspaceId, stream: keyringStream(workspaceId), revision: head < 0 ? null : head },
  );
};

/** The log does not say what the vault remembers of a key for good. */
export const forgotten = (
  workspaceId: WorkspaceId,
  { keyId, hardDeleted }: RememberedRemoval,
): VerifyFinding =>
  finding(
    'log-behind',
    `The vault remembers that this key ${hardDeleted ? 'was hard-deleted' : 'leaked'}, and the log does not say so.`,
    { workspaceId, stream: keyringStream(workspaceId), keyId },
  );

/** The stream has another event than is known. */
export const differs = (workspaceId: WorkspaceId, { from, revision }: KnownHead): VerifyFinding =>
  finding(
    from === 'witness' ? 'witness-differs' : 'snapshot-damaged',
    `Event ${revision} is another one than ${KNOWS[from]}.`,
    { workspaceId, stream: keyringStream(workspaceId), revision },
  );
