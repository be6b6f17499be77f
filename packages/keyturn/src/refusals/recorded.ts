import type { Refusal } from '@keyturn/domain';
import type { Historian, Keyturn as Service, permittedQuery } from '@keyturn/service';
import { isLeft, type Either } from 'fp-ts/Either';
import type { RefusalRecorder } from './refusalRecorder';

/** By the name that the hook is asked for, where the use case has another. */
const ACTIONS: Readonly<Record<string, string>> = {
  startRunWithSecret: 'StartRun',
  resumeRunWithSecret: 'ResumeRun',
  history: 'ReadHistory',
  leakCase: 'ReadHistory',
  checkLeak: 'RecordKillCheck',
  checkLeakUntilDead: 'RecordKillCheck',
  vendorRevocation: 'RevokeAtVendor',
  findAtVendor: 'RevokeAtVendor',
  usageAtVendor: 'RevokeAtVendor',
  acceptableLosses: 'AcceptLog',
  unsealedEnd: 'DisownEvents',
};

const actionOf = (useCase: string): string =>
  ACTIONS[useCase] ?? useCase.charAt(0).toUpperCase() + useCase.slice(1);

const isRefusal = (left: unknown): left is Refusal =>
  typeof left === 'object' &&
  left !== null &&
  !(left instanceof Error) &&
  'code' in left &&
  'message' in left &&
  'facts' in left;

type Task = () => Promise<Either<unknown, unknown>>;

const isTask = (value: unknown): value is Task => typeof value === 'function';

/** The same task, whose refusal is recorded. */
const recording =
  <E, A>(
    { record }: RefusalRecorder,
    action: string,
    [context, request]: ReadonlyArray<unknown>,
    task: () => Promise<Either<E, A>>,
  ): (() => Promise<Either<E, A>>) =>
  async () => {
    const result = await task();
    if (isLeft(result) && isRefusal(result.left)) record(action, context, request, result.left);
    return result;
  };

/** Every use case, with its refusals recorded. What is only foreseen is no attempt: nothing is written for it. */
export const recordingService = (service: Service, refusals: RefusalRecorder): Service =>
  new Proxy(service, {
    get: (target, name, receiver): unknown => {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function' || typeof name === 'symbol') return member;
      return (...given: ReadonlyArray<unknown>): unknown => {
        const made: unknown = Reflect.apply(member, target, given);
        return isTask(made) ? recording(refusals, actionOf(name), given, made) : made;
      };
    },
  });

type MayRead = ReturnType<typeof permittedQuery>;

/** Whether a query may be answered, with each no recorded. */
export const recordingQueries =
  (mayRead: MayRead, refusals: RefusalRecorder): MayRead =>
  (context, action, target) =>
    recording(refusals, action, [context, target], mayRead(context, action, target));

type ReadHistory = Historian['history'];

/** The same of history, where it is read without the service. */
export const recordingHistory =
  (history: ReadHistory, refusals: RefusalRecorder): ReadHistory =>
  (context, request) =>
    recording(refusals, 'ReadHistory', [context, request], history(context, request));
