import type { CommandBody, LeakOutcome, Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import { targetOf } from '../authorization';
import { commanded, withRequest, type Commanding } from '../commanding';
import type { CommandHandler } from '../commandHandler';
import type { CallContext, CommandWith } from '../context';
import type { Failure } from '../failure';
import type { Foreseen, Foresight } from '../foresight';
import type { MembersOf } from '../given';
import { writeResultOf, type WriteResult } from '../writeResult';
import {
  closeBody,
  reinstateBody,
  reportBody,
  reviewBody,
  revocationBody,
  suspendBody,
  withdrawBody,
} from './leakBodies';
import type {
  CloseLeakCaseRequest,
  OfLeakCase,
  RecordLeakReviewRequest,
  RecordRevocationRequest,
  ReportLeakRequest,
  WithdrawLeakReportRequest,
} from './leakRequests';

/** What an act of a leak review came to. */
export interface LeakWrite extends WriteResult {
  /** False when it was so already: nothing was recorded. */
  readonly changed: boolean;
}

export interface LeakCaseClose extends LeakWrite {
  /** What the case came to, by key. */
  readonly outcomes: ReadonlyArray<{ readonly keyId: string; readonly outcome: LeakOutcome }>;
}

const OF_CASE: MembersOf<OfLeakCase> = { keyId: true, caseId: true };
const REPORT: MembersOf<ReportLeakRequest> = {
  ...OF_CASE,
  reportedBy: true,
  suspectedSince: true,
  source: true,
  usedElsewhere: true,
  stranger: true,
};
const WITHDRAW: MembersOf<WithdrawLeakReportRequest> = { ...OF_CASE, reason: true };
const REVOCATION: MembersOf<RecordRevocationRequest> = {
  ...OF_CASE,
  how: true,
  revokedBy: true,
  revokedAt: true,
  undo: true,
  undoUntil: true,
};
const REVIEW: MembersOf<RecordLeakReviewRequest> = {
  ...OF_CASE,
  from: true,
  until: true,
  uses: true,
  explained: true,
  unexplained: true,
  note: true,
};
const CLOSE: MembersOf<CloseLeakCaseRequest> = { caseId: true, leftOpen: true };

type Asked<R, B extends CommandBody> = (
  parts: Commanding,
  context: CallContext,
  request: R,
) => TaskEither<Failure, CommandWith<B>>;

/** A permitted command of a request, asked for by its own name and about the key that it names. */
const asking =
  <R extends object, B extends CommandBody & { readonly type: LeakAction }>(
    action: B['type'],
    members: MembersOf<R>,
    keyOf: (request: R) => { readonly keyId?: string },
    body: (request: R) => E.Either<Refusal, B>,
  ): Asked<R, B> =>
  (parts, context, given) =>
    withRequest(given, members, (request) =>
      commanded(parts, context, { action, impliedEffects: [], target: targetOf(keyOf(request)) }, () =>
        body(request),
      ),
    );

type LeakAction =
  | 'ReportLeak'
  | 'WithdrawLeakReport'
  | 'SuspendKey'
  | 'ReinstateKey'
  | 'RecordRevocation'
  | 'RecordLeakReview'
  | 'CloseLeakCase';

const keyOf = ({ keyId }: OfLeakCase) => ({ keyId });

const report = asking('ReportLeak', REPORT, keyOf, reportBody);
const withdraw = asking('WithdrawLeakReport', WITHDRAW, keyOf, withdrawBody);
const suspend = asking('SuspendKey', OF_CASE, keyOf, suspendBody);
const reinstate = asking('ReinstateKey', OF_CASE, keyOf, reinstateBody);
const revocation = asking('RecordRevocation', REVOCATION, keyOf, revocationBody);
const review = asking('RecordLeakReview', REVIEW, keyOf, reviewBody);
const close = asking('CloseLeakCase', CLOSE, () => ({}), closeBody);

export const makeLeakUseCases = (
  parts: Commanding & { readonly handler: Pick<CommandHandler, 'handle'> },
) => {
  const act =
    <R, B extends CommandBody>(asked: Asked<R, B>) =>
    (context: CallContext, request: R): TaskEither<Failure, LeakWrite> => {
      const asking = asked(parts, context, request);
      return async () => {
        const command = await asking();
        if (E.isLeft(command)) return command;
        const handled = await parts.handler.handle(command.right)();
        if (E.isLeft(handled)) return handled;
        return E.right({ changed: handled.right.events.length > 0, ...writeResultOf(handled.right) });
      };
    };

  return {
    /**
     * Marks the secret of any key ever added, deleted ones too, as leaked: it does not come back on file. Refuses
     * `unknown-key`, `too-many-leak-cases`, `text-contains-secret`.
     */
    reportLeak: act(report),
    /**
     * Takes a report back, and with the last one the ban of the secret and its suspension. Refuses
     * `leak-not-reported`, `leak-report-final` for a key that is hard-deleted.
     */
    withdrawLeakReport: act(withdraw),
    /**
     * From here on nothing but a kill check gets the secret. Open runs go on with what they have. Refuses
     * `leak-not-reported`, `key-not-on-file`.
     */
    suspendKey: act(suspend),
    /** The key serves again as before. Refuses `unknown-key`, `key-not-on-file`. */
    reinstateKey: act(reinstate),
    /** Records that the key was revoked at the vendor, and on whose word. Refuses `leak-not-reported`. */
    recordRevocation: act(revocation),
    /** Records who looked at what was done with the key, and what came of it. Refuses `leak-not-reported`. */
    recordLeakReview: act(review),
    /**
     * Closes the case for all keys of the workspace. Refuses `unknown-leak-case`, and `leak-steps-open` unless each
     * open step is named with a reason.
     */
    closeLeakCase: (
      context: CallContext,
      request: CloseLeakCaseRequest,
    ): TaskEither<Failure, LeakCaseClose> => {
      const asking = close(parts, context, request);
      return async () => {
        const command = await asking();
        if (E.isLeft(command)) return command;
        const handled = await parts.handler.handle(command.right)();
        if (E.isLeft(handled)) return handled;
        const { events } = handled.right;
        return E.right({
          changed: events.length > 0,
          outcomes: events.flatMap(({ event }) =>
            event.type === 'LeakCaseClosed' ? [{ keyId: event.data.keyId, outcome: event.data.outcome }] : [],
          ),
          ...writeResultOf(handled.right),
        });
      };
    },
  };
};

/** What each act of a leak review would record. */
export const makeForeseeLeaks = (parts: Commanding & { readonly foresight: Foresight }) => {
  const foreseen =
    <R, B extends CommandBody>(asked: Asked<R, B>) =>
    (context: CallContext, request: R): TaskEither<Failure, Foreseen> => {
      const asking = asked(parts, context, request);
      return async () => {
        const command = await asking();
        return E.isLeft(command) ? command : parts.foresight(command.right)();
      };
    };
  return {
    reportLeak: foreseen(report),
    withdrawLeakReport: foreseen(withdraw),
    suspendKey: foreseen(suspend),
    reinstateKey: foreseen(reinstate),
    recordRevocation: foreseen(revocation),
    recordLeakReview: foreseen(review),
    closeLeakCase: foreseen(close),
  };
};
