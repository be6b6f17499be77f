import { CASE_RULE, CaseId, KeyId, type CommandBody, type Refusal } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import { decoded } from '../context';
import type {
  CloseLeakCaseRequest,
  OfLeakCase,
  RecordLeakReviewRequest,
  RecordRevocationRequest,
  ReportLeakRequest,
  WithdrawLeakReportRequest,
} from './leakRequests';

export type LeakBody<T extends CommandBody['type']> = Extract<CommandBody, { readonly type: T }>;

interface Named {
  readonly keyId: KeyId;
  readonly caseId: CaseId;
}

/** The domain checks all else that a request has: what is decoded here is what its types ask for. */
const named = <B>(request: OfLeakCase, body: (ids: Named) => B): E.Either<Refusal, B> => {
  const keyId = decoded(KeyId, 'keyId', request.keyId);
  if (E.isLeft(keyId)) return keyId;
  const caseId = decoded(CaseId, 'caseId', request.caseId, CASE_RULE);
  if (E.isLeft(caseId)) return caseId;
  return E.right(body({ keyId: keyId.right, caseId: caseId.right }));
};

/** A form leaves a text empty that it does not have. */
const textOrNull = (text: string | null | undefined): string | null => (text === '' ? null : (text ?? null));

export const reportBody = (request: ReportLeakRequest): E.Either<Refusal, LeakBody<'ReportLeak'>> =>
  named(request, (ids) => ({
    type: 'ReportLeak',
    ...ids,
    reportedBy: textOrNull(request.reportedBy),
    suspectedSince: request.suspectedSince ?? null,
    source: textOrNull(request.source),
    usedElsewhere: request.usedElsewhere ?? 'unknown',
    stranger: request.stranger ?? 'unknown',
  }));

export const withdrawBody = (
  request: WithdrawLeakReportRequest,
): E.Either<Refusal, LeakBody<'WithdrawLeakReport'>> =>
  named(request, (ids) => ({ type: 'WithdrawLeakReport', ...ids, reason: request.reason }));

export const suspendBody = (request: OfLeakCase): E.Either<Refusal, LeakBody<'SuspendKey'>> =>
  named(request, (ids) => ({ type: 'SuspendKey', ...ids }));

export const reinstateBody = (request: OfLeakCase): E.Either<Refusal, LeakBody<'ReinstateKey'>> =>
  named(request, (ids) => ({ type: 'ReinstateKey', ...ids }));

export const revocationBody = (
  request: RecordRevocationRequest,
): E.Either<Refusal, LeakBody<'RecordRevocation'>> =>
  named(request, (ids) => ({
    type: 'RecordRevocation',
    ...ids,
    how: request.how,
    revokedBy: textOrNull(request.revokedBy),
    revokedAt: request.revokedAt,
    undo: request.undo ?? 'unknown',
    undoUntil: request.undoUntil ?? null,
  }));

export const reviewBody = (
  request: RecordLeakReviewRequest,
): E.Either<Refusal, LeakBody<'RecordLeakReview'>> =>
  named(request, (ids) => ({
    type: 'RecordLeakReview',
    ...ids,
    from: request.from ?? null,
    until: request.until,
    uses: request.uses,
    explained: request.explained ?? [],
    unexplained: request.unexplained ?? [],
    note: textOrNull(request.note),
  }));

export const closeBody = ({
  caseId: given,
  leftOpen = [],
}: CloseLeakCaseRequest): E.Either<Refusal, LeakBody<'CloseLeakCase'>> => {
  const caseId = decoded(CaseId, 'caseId', given, CASE_RULE);
  return E.isLeft(caseId) ? caseId : E.right({ type: 'CloseLeakCase', caseId: caseId.right, leftOpen });
};
