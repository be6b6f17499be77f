import type { Refusal } from '@keyturn/domain';
import { isLeft } from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { faultError, isKeyturnError, refusalError, type KeyturnError } from './errors';
import { FAULTS, type FaultCode, type FaultPart } from './faults';

/** Each part marks its faults with a tag. By shape, so that a part is loaded only when it is used. */
const PARTS: Readonly<Record<string, FaultPart>> = {
  StoreFault: 'event-store',
  VaultFault: 'vault',
  ProjectionFault: 'read-models',
  ServiceFault: 'service',
  ProberFault: 'vendors',
  SetupFault: 'set-up',
};

const isFaultCode = (code: unknown): code is FaultCode =>
  typeof code === 'string' && Object.hasOwn(FAULTS, code);

/** Some parts word their faults as phrases with a colon. */
const asSentence = (text: string): string => {
  const ended = /[.!?)]$/.test(text) ? text : `${text}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
};

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Error) &&
  'code' in value &&
  'message' in value &&
  'facts' in value;

const DEEPEST_CAUSE = 8;

/**
 * What says that SQLite's driver is missing, among the causes of a failure. Each part tells of it in a code of its own.
 */
const withoutDriver = (failure: unknown): Error | null => {
  if (!(failure instanceof Error && '_tag' in failure)) return null;
  let error: unknown = failure;
  // Causes may go round in a circle.
  for (let depth = 0; depth < DEEPEST_CAUSE && error instanceof Error; depth += 1) {
    if ('code' in error && error.code === 'no-driver') return error;
    error = error.cause;
  }
  return null;
};

/**
 * The error of whatever went wrong: a refusal, a part's fault, or a defect. An error of ours is given back as it is.
 */
export const keyturnError = (failure: unknown): KeyturnError => {
  if (isKeyturnError(failure)) return failure;
  if (isRefusal(failure)) return refusalError(failure);
  const noDriver = withoutDriver(failure);
  if (noDriver !== null) return faultError('no-sqlite-driver', 'set-up', noDriver.message, failure);
  if (failure instanceof Error && '_tag' in failure && 'code' in failure && isFaultCode(failure.code)) {
    // Of a read model that its event store failed: what failed says what to do.
    if (failure.code === 'store' && failure.cause instanceof Error) return keyturnError(failure.cause);
    const part = PARTS[String(failure._tag)] ?? 'service';
    return faultError(failure.code, part, asSentence(failure.message), failure);
  }
  // Its message could hold anything: only its kind is told.
  const kind = failure instanceof Error ? failure.name : typeof failure;
  return faultError(
    'unexpected',
    'service',
    `Something failed that should not have (${kind}). Report it.`,
    failure,
  );
};

/** The result of a part's task; what went wrong is thrown as our error. */
export const settled = async <A>(task: TaskEither<unknown, A>): Promise<A> => {
  const result = await guarded(task);
  if (isLeft(result)) throw keyturnError(result.left);
  return result.right;
};

/** The result of some work; whatever it throws is thrown as our error. */
export const guarded = async <A>(work: () => Promise<A>): Promise<A> => {
  try {
    return await work();
  } catch (error) {
    throw keyturnError(error);
  }
};
