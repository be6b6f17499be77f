import { isKeyturnError, type KeyturnRefusal } from 'keyturn';
import { FAULT_KIND, type FaultKind } from './faultStatus';
import { REFUSAL_STATUS } from './refusalStatus';
import { REQUEST_PROBLEMS, type RequestProblemCode } from './requestProblems';

/** What went wrong, as RFC 9457 has it. `type` is a stable code: programs may branch on it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** A sentence that a person can act on. It holds no secret, and nothing of a fault's inside. */
  readonly detail: string;
  /** What a refusal knows, by its code. */
  readonly facts?: object;
  /** What can be done about it, for a program that offers it. */
  readonly next?: ReadonlyArray<string>;
  /** Whether the same request, sent again a little later, may succeed. */
  readonly retryable: boolean;
}

/** A problem that was met while a request was answered, with headers of its own. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly problem: Problem,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(problem.type);
  }
}

/** "Key not active". */
const titleOf = (code: string): string => {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A problem of the request itself. */
export const requestProblem = (
  code: RequestProblemCode,
  {
    detail,
    facts,
    headers = {},
  }: {
    readonly detail?: string;
    readonly facts?: object;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): ProblemError => {
  const row = REQUEST_PROBLEMS[code];
  return new ProblemError(
    {
      type: code,
      title: titleOf(code),
      status: row.status,
      detail: detail ?? row.detail,
      ...(facts === undefined ? {} : { facts }),
      retryable: row.retryable,
    },
    headers,
  );
};

/** An input that breaks its rule. The rule reads after "It has to be". What the input held is not repeated. */
export const invalidInput = (field: string, rule: string): ProblemError =>
  requestProblem('invalid-input', {
    detail: `${field} is not valid. It has to be ${rule}.`,
    facts: { field, rule },
  });

/** A vendor's key where none belongs: such texts are kept, shown or logged. */
export const misplacedSecret = (field: string): ProblemError =>
  requestProblem('text-contains-secret', {
    detail: `${field} looks as if it holds a key. Nothing was done; take it out, since this text is kept or shown.`,
    facts: { field },
  });

/** One answer for a workspace that there is not, and for one that is not the caller's. */
export const unknownWorkspace = (): ProblemError => requestProblem('unknown-workspace');

const secondsOf = (ms: number): string => String(Math.max(1, Math.ceil(ms / 1_000)));

const ofRefusal = (refusal: KeyturnRefusal): ProblemError => {
  if (refusal.code === 'unknown-workspace') return unknownWorkspace();
  const { next, ...facts } = refusal.facts;
  return new ProblemError(
    {
      type: refusal.code,
      title: titleOf(refusal.code),
      status: REFUSAL_STATUS[refusal.code],
      detail: refusal.message,
      facts,
      next,
      retryable: refusal.retryable,
    },
    refusal.code === 'rate-limited' ? { 'Retry-After': secondsOf(refusal.facts.waitMs) } : {},
  );
};

const OF_FAULT: { readonly [K in FaultKind]: () => ProblemError } = {
  away: () => requestProblem('away', { headers: { 'Retry-After': '1' } }),
  query: () => requestProblem('invalid-query'),
  broken: () => requestProblem('broken'),
};

/** The problem of whatever was thrown. What a fault, or a defect, has inside is not told. */
export const problemOf = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (!isKeyturnError(error)) return requestProblem('broken');
  return error.kind === 'refusal' ? ofRefusal(error) : OF_FAULT[FAULT_KIND[error.code]]();
};

/** Whether something broke that its owner has to hear of. */
export const isBroken = ({ problem }: ProblemError): boolean => ['broken', 'away'].includes(problem.type);

/** The response of a problem. */
export const problemResponse = ({ problem, headers }: ProblemError): Response =>
  new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...headers, 'Content-Type': 'application/problem+json' },
  });
