import type { sendUnaryData } from '@grpc/grpc-js';
import { mayAccess, type StreamOperation } from '../access/acl';
import { accessDenied, NotServing, RpcError, unhandled } from '../wire/rpcError';
import type { Call, ServiceContext } from './context';

/** How a write ended: with what it gave, with a time-out after it was done, or with a connection that is gone. */
export type Performed<A> =
  | { readonly kind: 'done'; readonly value: A }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'dropped' };

/** Does a write, with the faults that are due. Throws an `RpcError` when it is turned away. */
export const performWrite = async <A>(
  { faults, drop, checkLeader }: ServiceContext,
  call: Call,
  write: () => A,
): Promise<Performed<A>> => {
  await faults.pause();
  checkLeader(call, 'write');
  const fault = faults.nextWrite();
  if (fault === 'busy') throw new NotServing('busy');
  if (fault === 'drop-before-commit') {
    drop(call);
    return { kind: 'dropped' };
  }
  const value = write();
  if (fault === 'drop-after-commit') {
    drop(call);
    return { kind: 'dropped' };
  }
  return fault === 'time-out' ? { kind: 'timed-out' } : { kind: 'done', value };
};

export const checkAccess = (
  { log, callerOf }: ServiceContext,
  call: Call,
  operation: StreamOperation,
  stream: string,
): void => {
  if (!mayAccess(log, callerOf(call), operation, stream)) throw accessDenied();
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
