/** An error of the client or of gRPC, told by what can be done about it. */
export type Trouble =
  | { readonly kind: 'not-leader' }
  /** Turned away before anything was done. */
  | { readonly kind: 'turned-away' }
  /** The connection, the node, or the time for an answer is gone. */
  | { readonly kind: 'broken-off' }
  /** The server gave up waiting for what it was asked to do. */
  | { readonly kind: 'timed-out' }
  /** The message could not be put into bytes, so nothing was sent. */
  | { readonly kind: 'unsendable' }
  | { readonly kind: 'access-denied' | 'stream-deleted' | 'too-large' | 'invalid' | 'unforeseen' };

/**
 * Whole texts of gRPC and the client for calls that never left this process: a server may use the same words within its
 * own. The last is that of a call that waited for its connection while another call's failure had the channel closed.
 */
const NEVER_LEFT = [
  /^14 UNAVAILABLE: (?:\w+: )?No connection established(?:$|\. )/,
  /^14 UNAVAILABLE: Name resolution failed for target /,
  /^Failed to discover after \d+ attempts\.$/,
  /^Failed to connect before the deadline$/,
  /^(?:The c|C)hannel has been (?:closed|shut down)\.?$/,
  /^14 UNAVAILABLE: Channel closed before call started$/,
];

/** The server's words for what it did not begin. */
export const NEVER_BEGUN = /Server (?:Is )?(?:Not Ready|Too Busy|Busy)|No leader info available/i;

/** Whether nothing of what was written to the call can have reached a server. */
export const neverLeft = (error: Error): boolean => NEVER_LEFT.some((words) => words.test(error.message));

/** Whether the same call may go through later, without anybody's doing. */
export const isPassing = ({ kind }: Trouble): boolean =>
  kind === 'not-leader' || kind === 'turned-away' || kind === 'broken-off' || kind === 'timed-out';
