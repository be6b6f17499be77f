import type { ChainBreak } from '@keyturn/event-store';
import { ServiceFault, type Fault } from '../failure';

/** What is not as it was appended, at one revision of a stream. */
export type Damage =
  | ChainBreak['differs']
  /** The last event bears no seal of this deployment. */
  | 'seal'
  /** The event is not the one that this process, or the vault, has seen there. */
  | 'known';

const WHAT: { readonly [D in Damage]: string } = {
  revision:
    'has another revision than the one that should come next: events are missing, doubled or out of order',
  link: 'has no chain value: it was not appended by Keyturn, or was changed',
  chain: 'does not fit the chain: this event, or one before it, is not what was appended',
  seal: 'is not sealed by this deployment’s log key: somebody without the vault wrote it',
  known: 'is not the event that was seen there before: the log was put back or rewritten',
};

/** What is wrong with an event: it goes on from "Event 7 of stream keyring-acme". */
export const whatDiffers = (differs: Damage): string => WHAT[differs];

const ADVICE =
  'Nothing is decided, released or destroyed for this workspace; others go on. ' +
  'Run `keyturn verify` to see how far the damage reaches, and restore the events from a backup. ' +
  'What somebody without the vault wrote to the end of the log can be disowned: `keyturn log disown`.';

/** The fault `log-damaged`, naming workspace, stream, revision, and what differs. */
export const logDamaged = (
  workspaceId: string,
  {
    stream,
    revision,
    differs,
  }: { readonly stream: string; readonly revision: number; readonly differs: Damage },
): ServiceFault =>
  new ServiceFault(
    'log-damaged',
    `The log of workspace ${workspaceId} is damaged: event ${revision} of stream ${stream} ${WHAT[differs]}. ${ADVICE}`,
  );

const endOf = (known: number, head: number | null): string => {
  if (head === null) return `before revision ${known}`;
  return head < 0 ? 'at its beginning' : `at revision ${head}`;
};

/** The fault `event-store-behind` of one workspace: its stream ends before what is known of it. */
export const streamBehind = (workspaceId: string, known: number, head: number | null): ServiceFault =>
  new ServiceFault(
    'event-store-behind',
    `The log of workspace ${workspaceId} ends ${endOf(known, head)}, and is known to have reached revision ${known}: ` +
      'its end was cut off, or the event store was restored from a backup. ' +
      'Nothing is decided, released or destroyed for this workspace; others go on. ' +
      `Restore the newer events, or accept the loss with \`keyturn log accept --workspace ${workspaceId}\`.`,
  );

export const isDamage = (fault: Fault): boolean =>
  fault instanceof ServiceFault && fault.code === 'log-damaged';

/** Damage, or a stream that ends before what is known of it. */
export const isLoss = (fault: Fault): boolean =>
  isDamage(fault) || (fault instanceof ServiceFault && fault.code === 'event-store-behind');
