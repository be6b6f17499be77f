import { workspaceOfStream } from '@keyturn/domain';
import type { ChainBreak } from '@keyturn/event-store';
import { ProjectionFault } from '../faults';
import type { StreamEnd } from './streamReading';

/** What is not as it was appended, at one revision of a stream. */
export type Differs =
  | ChainBreak['differs']
  /** An event that was seen before came again, as another one. */
  | 'doubled'
  /** The event is not the one that was projected from there. */
  | 'known'
  /** No seal of this deployment lies over it. Found where seals are checked. */
  | 'seal'
  /** The event names another workspace than its stream does. */
  | 'workspace'
  /** The event can't be decoded. */
  | 'unreadable'
  /** The event was projected, and disowned since. */
  | 'disowned'
  /** The stream ends, or goes on, in the middle of a command. */
  | 'half-command'
  /** The stream ends in the event store, or begins later than it did: it was deleted there, for good or not. */
  | StreamEnd;

export interface Damage {
  readonly differs: Differs;
  /** Of the first event that does not fit, or is not there. */
  readonly revision: number;
  /** What the decoder said; null where it said nothing. */
  readonly detail: string | null;
}

/** A workspace that is no longer projected. Everything before the damage stays in the tables, and is not shown. */
export interface StoppedWorkspace {
  readonly workspaceId: string;
  readonly stream: string;
  /** Of the first event that does not fit, or is not there. */
  readonly revision: number;
  readonly code: DamageCode;
  /** The same in words, with what to do. */
  readonly message: string;
}

type DamageCode =
  | 'log-damaged'
  | 'undecodable-event'
  | 'incomplete-command'
  | 'stream-deleted'
  | 'stream-tombstoned'
  | 'stream-cut';

const LOG = 'log-damaged';

const KINDS: { readonly [D in Differs]: readonly [code: DamageCode, what: string] } = {
  revision: [
    LOG,
    'has another revision than the one that should come next: events are missing, doubled or out of order',
  ],
  link: [LOG, 'has no chain value: it was not appended by Keyturn, or was changed'],
  chain: [LOG, 'does not fit the chain: this event, or one before it, is not what was appended'],
  doubled: [LOG, 'came a second time, as another event'],
  known: [LOG, 'is not the event that was projected from there: the log was put back or rewritten'],
  seal: [LOG, 'is not sealed by this deployment’s log key: somebody without the vault wrote it'],
  workspace: [LOG, 'names another workspace than its stream does'],
  unreadable: ['undecodable-event', 'can’t be read: a newer release wrote it, or something else did'],
  disowned: [LOG, 'was shown before it was disowned: no seal had been checked'],
  'half-command': [
    'incomplete-command',
    'is missing, in the middle of a command. Stores append a command whole or not at all',
  ],
  deleted: ['stream-deleted', 'can’t be read: the stream was deleted in the event store'],
  tombstoned: [
    'stream-tombstoned',
    'can’t be read: the stream was ended in the event store by a tombstone, which can’t be taken back',
  ],
  cut: [
    'stream-cut',
    'can’t be read: the event store keeps events of the stream from readers. Look at the stream’s metadata first',
  ],
};

const REBUILD = 'Rebuild each projection, by a process that has the vault.';

const MEND =
  'Restore its events from a backup, upgrade this release where a newer one wrote them, or disown what nobody sealed ' +
  '(`keyturn log disown`). Then rebuild each projection.';

/** Whether a word from the file names a damage. */
export const isDiffers = (word: string): word is Differs => Object.hasOwn(KINDS, word);

/** What `status` tells of it. */
export const stoppedOf = (stream: string, { differs, revision, detail }: Damage): StoppedWorkspace => {
  const workspaceId = workspaceOfStream(stream) ?? stream;
  const [code, what] = KINDS[differs];
  return {
    workspaceId,
    stream,
    revision,
    code,
    message:
      `The log of workspace ${workspaceId} is damaged: event ${revision} of stream ${stream} ${what}. ` +
      (detail === null ? '' : `${detail} `) +
      `Its lists and its audit log are not shown; other workspaces go on. ${differs === 'disowned' ? REBUILD : MEND}`,
  };
};

/** What a query of that workspace is answered with. */
export const stoppedFault = ({ code, message }: StoppedWorkspace): ProjectionFault =>
  new ProjectionFault(code, message);
