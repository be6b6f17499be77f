import type { AppendAnswer, AppendRequest } from './appends';
import type { ReadMessage } from './reads';

/** A call of the server, and the client that it was made with. */
export interface OpenCall<Call> {
  readonly call: Call;
  /** The same until a call fails. What one call learned of the server then holds for the next. */
  readonly over: object;
  /** Call this when the call has failed. The next one then goes to the leader, or over a new connection. */
  readonly failed: (error: Error) => Promise<void>;
}

/** A read or a subscription under way. */
export interface ReadCall {
  readonly onMessage: (take: (message: ReadMessage) => void) => void;
  readonly onEnd: (take: () => void) => void;
  readonly onError: (take: (error: Error) => void) => void;
  readonly pause: () => void;
  readonly resume: () => void;
  readonly isPaused: () => boolean;
  readonly cancel: () => void;
}

/** A call that takes any number of appends. */
export interface AppendsCall {
  /** False where the call has no room for another one before `writable`. */
  readonly write: (correlation: string, request: AppendRequest) => boolean;
  /** Resolves when there is room again, or the call has ended. */
  readonly writable: () => Promise<void>;
  readonly onAnswer: (take: (correlation: string, answer: AppendAnswer) => void) => void;
  readonly onError: (take: (error: Error) => void) => void;
  /** Comes after an error, if there is one. */
  readonly onStatus: (take: () => void) => void;
  readonly end: () => void;
}
