import {
  invalidInput,
  ProjectId,
  RunChoice,
  RunId,
  RunOutcome,
  type CommandBody,
  type Refusal,
} from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { decoded } from './context';
import { flagGiven, plainOnce, type MembersOf } from './given';

export interface StartRunRequest {
  readonly runId: string;
  readonly projectId?: string;
  /** Left out: the project's Default when it has one, else the workspace's. */
  readonly choice?:
    | { readonly kind: 'default' }
    | { readonly kind: 'vendor'; readonly vendor: string }
    | { readonly kind: 'key'; readonly keyId: string };
  /** Whole seconds that the pin is held without a sign of the run; the policy's usual ones when left out. */
  readonly leaseSeconds?: number;
  /**
   * Only with a secret: refuse `run-already-open` where the run was open before this call, instead of taking it over.
   * For callers that would otherwise do its work twice.
   */
  readonly onlyNew?: boolean;
}

export interface ResumeRunRequest {
  readonly runId: string;
  /** May lengthen the lease, never shorten it. */
  readonly leaseSeconds?: number;
}

export interface FinishRunRequest {
  readonly runId: string;
  /** `succeeded` when left out. */
  readonly outcome?: 'succeeded' | 'failed' | 'cancelled';
  /** How many requests the run sent to the vendor with its key; left out where that is not known. */
  readonly vendorRequests?: number;
}

/** What the requests may have. */
export const START: MembersOf<StartRunRequest> = {
  runId: true,
  projectId: true,
  choice: true,
  leaseSeconds: true,
  onlyNew: true,
};
export const RESUME: MembersOf<ResumeRunRequest> = { runId: true, leaseSeconds: true };
export const FINISH: MembersOf<FinishRunRequest> = { runId: true, outcome: true, vendorRequests: true };

type GivenChoice = NonNullable<StartRunRequest['choice']>;

/** What each kind of choice has. */
const CHOICES: { readonly [K in GivenChoice['kind']]: ReadonlyArray<string> } = {
  default: ['kind'],
  vendor: ['kind', 'vendor'],
  key: ['kind', 'keyId'],
};

const CHOICE_RULE = 'default, a vendor, or a key id';

/** The same request with its choice read once: the hook is asked about the very key that the run is pinned to. */
export const withPlainChoice = (request: StartRunRequest): E.Either<Refusal, StartRunRequest> => {
  if (request.choice === undefined) return E.right(request);
  const choice = plainOnce<GivenChoice>(
    'choice',
    request.choice,
    () => CHOICE_RULE,
    (names, { kind }) => Object.hasOwn(CHOICES, kind) && names.every((name) => CHOICES[kind].includes(name)),
  );
  return E.isLeft(choice) ? choice : E.right({ ...request, choice: choice.right });
};

type Body<T extends CommandBody['type']> = Extract<CommandBody, { readonly type: T }>;

const LeaseSeconds = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 1, 'LeaseSeconds');

const leaseOf = (seconds: number | undefined): E.Either<Refusal, number | null> =>
  seconds === undefined
    ? E.right(null)
    : decoded(LeaseSeconds, 'leaseSeconds', seconds, 'a whole number of seconds, 1 or more');

export const startBody = (request: StartRunRequest): E.Either<Refusal, Body<'StartRun'>> => {
  const runId = decoded(RunId, 'runId', request.runId);
  if (E.isLeft(runId)) return runId;
  const projectId =
    request.projectId === undefined ? E.right(null) : decoded(ProjectId, 'projectId', request.projectId);
  if (E.isLeft(projectId)) return projectId;
  const choice = decoded(RunChoice, 'choice', request.choice ?? { kind: 'default' }, CHOICE_RULE);
  if (E.isLeft(choice)) return choice;
  const leaseSeconds = leaseOf(request.leaseSeconds);
  if (E.isLeft(leaseSeconds)) return leaseSeconds;
  const onlyNew = flagGiven('onlyNew', request.onlyNew);
  if (E.isLeft(onlyNew)) return onlyNew;
  return E.right({
    type: 'StartRun',
    runId: runId.right,
    projectId: projectId.right,
    choice: choice.right,
    leaseSeconds: leaseSeconds.right,
  });
};

/** @param renewal - the lease alone is asked for, and no secret */
export const resumeBody = (
  request: ResumeRunRequest,
  renewal: boolean,
): E.Either<Refusal, Body<'ResumeRun'>> => {
  const runId = decoded(RunId, 'runId', request.runId);
  if (E.isLeft(runId)) return runId;
  const leaseSeconds = leaseOf(request.leaseSeconds);
  if (E.isLeft(leaseSeconds)) return leaseSeconds;
  return E.right({
    type: 'ResumeRun',
    runId: runId.right,
    leaseSeconds: leaseSeconds.right,
    ...(renewal ? { renewal } : {}),
  });
};

export const finishBody = (request: FinishRunRequest): E.Either<Refusal, Body<'FinishRun'>> => {
  const runId = decoded(RunId, 'runId', request.runId);
  if (E.isLeft(runId)) return runId;
  const outcome = decoded(
    RunOutcome,
    'outcome',
    request.outcome ?? 'succeeded',
    'succeeded, failed or cancelled',
  );
  if (E.isLeft(outcome)) return outcome;
  const { vendorRequests } = request;
  if (vendorRequests !== undefined && !(Number.isSafeInteger(vendorRequests) && vendorRequests >= 0)) {
    return E.left(invalidInput('vendorRequests', 'a whole number of requests, 0 or more'));
  }
  return E.right({
    type: 'FinishRun',
    runId: runId.right,
    outcome: outcome.right,
    ...(vendorRequests === undefined ? {} : { vendorRequests }),
  });
};
