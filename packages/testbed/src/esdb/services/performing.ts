import type { sendUnaryData } from '@grpc/grpc-js';
import * as E from 'fp-ts/Either';
import { mayAccess, type StreamOperation } from '../access/acl';
import type { Caller } from '../access/users';
import type { WriteRefusal } from '../log/writing';
import { accessDenied, NotServing, RpcError, unhandled } from '../wire/rpcError';
import type { Call, ServiceContext } from './context';

/** Of what the log refuses, what is answered: the rest meets silence until the time is up. */
type AnsweredRefusal = Exclude<WriteRefusal, { readonly kind: 'unanswered' }>;

/** How a write ended: with what it gave, with a refusal, with a time-out, or with a connection that is gone. */
export type Performed<A> =
  | { readonly kind: 'done'; readonly value: A }
  | { readonly kind: 'refused'; readonly refusal: AnsweredRefusal }
  | { readonly kind: 'timed-out'; readonly phase: 'Prepare' | 'Commit' }
  | { readonly kind: 'dropped' };

const timeIsUpAfter = (
  milliseconds: number,
): { readonly over: Promise<'time is up'>; readonly cancel: () => void } => {
  let cancel = (): void => undefined;
  const over = new Promise<'time is up'>((resolve) => {
    const timer = setTimeout(() => resolve('time is up'), milliseconds);
    timer.unref();
    cancel = () => clearTimeout(timer);
  });
  return { over, cancel };
};

const settle = async <A>(
  { log, writeTimeoutMs }: ServiceContext,
  written: E.Either<WriteRefusal, A>,
): Promise<Performed<A>> => {
  if (E.isLeft(written) && written.left.kind !== 'unanswered')
    return { kind: 'refused', refusal: written.left };
  const time = timeIsUpAfter(writeTimeoutMs);
  try {
    if (E.isLeft(written)) {
      await time.over;
      return { kind: 'timed-out', phase: 'Prepare' };
    }
    const ended = await Promise.race([log.indexed(), time.over]);
    return ended === 'time is up'
      ? { kind: 'timed-out', phase: 'Commit' }
      : { kind: 'done', value: written.right };
  } finally {
    time.cancel();
  }
};

/** A write that was handed to the log; `ended` tells when it may be answered, and how. */
export interface BegunWrite<A> {
  readonly ended: Promise<Performed<A>>;
}

/** Begins a write, with the faults that are due. Throws an `RpcError` when it is turned away. */
export const beginWrite = async <A>(
  context: ServiceContext,
  call: Call,
  write: () => E.Either<WriteRefusal, A>,
): Promise<BegunWrite<A>> => {
  const { faults, drop, checkLeader } = context;
  await faults.pause();
  checkLeader(call, 'write');
  const fault = faults.nextWrite();
  if (fault === 'busy') throw new NotServing('busy');
  if (fault !== 'drop-before-commit') {
    const written = write();
    if (fault === null) return { ended: settle(context, written) };
    if (fault === 'time-out') return { ended: Promise.resolve({ kind: 'timed-out', phase: 'Commit' }) };
  }
  drop(call);
  return { ended: Promise.resolve({ kind: 'dropped' }) };
};

/** Does a write to its end. */
export const performWrite = async <A>(
  context: ServiceContext,
  call: Call,
  write: () => E.Either<WriteRefusal, A>,
): Promise<Performed<A>> => (await beginWrite(context, call, write)).ended;

/** Whether a caller may do this with a stream; to one without a name, some versions let nobody. */
export const isAllowed = (
  { log, version }: ServiceContext,
  caller: Caller,
  operation: StreamOperation,
  stream: string,
): boolean =>
  mayAccess(log, caller, operation, stream) &&
  !(stream === '' && caller !== 'everyone' && version.deniesEmptyStreamName);

export const checkAccess = (
  context: ServiceContext,
  call: Call,
  operation: StreamOperation,
  stream: string,
): void => {
  if (!isAllowed(context, context.callerOf(call), operation, stream)) throw accessDenied();
};

export const rpcErrorOf = (error: unknown): RpcError => (error instanceof RpcError ? error : unhandled());

/** Answers a call with what `serve` gives or throws; a connection that is gone is not answered. */
export const answer = <Response>(
  callback: sendUnaryData<Response>,
  serve: () => Promise<Response | 'dropped'>,
): void => {
  serve().then(
    (response) => {
      if (response !== 'dropped') callback(null, response);
    },
    (error: unknown) => callback(rpcErrorOf(error)),
  );
};
