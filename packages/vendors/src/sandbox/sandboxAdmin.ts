import type { IncomingHttpHeaders } from 'node:http';
import type { AdminMeaning } from '../admin/adminApi';

/** A key as the vendor keeps it. */
export interface SandboxKeyRecord {
  readonly id: string;
  /** Whole: an answer shows no more of it than the vendor does. */
  readonly secret: string;
  readonly name: string;
  readonly place: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  readonly status: 'active' | 'inactive' | 'deleted';
  readonly inactiveSince: number | null;
}

/** What was done with a key in an hour. */
export interface SandboxUsage {
  readonly hour: number;
  readonly requests: number;
  readonly tokens: number;
}

/** What the calls for administrators see and change. */
export interface SandboxOrganisation {
  /** Those of the vendor that is asked, the oldest first, deleted ones included. */
  readonly keys: ReadonlyArray<SandboxKeyRecord>;
  readonly setStatus: (id: string, status: SandboxKeyRecord['status']) => void;
  /** By hour, from the first that has any on. */
  readonly usageOf: (id: string) => ReadonlyArray<SandboxUsage>;
}

interface SandboxAdminRequest {
  /** What the path's groups caught. */
  readonly parts: ReadonlyArray<string>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface SandboxAdminAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** An error as the vendor tells administrators of it: the test of its table expects just what it means. */
export interface RecordedAdminAnswer extends SandboxAdminAnswer {
  readonly name: string;
  readonly means: AdminMeaning | 'unrecognised-answer';
  /** The page that has it. */
  readonly source: string;
}

/** One of the vendor's calls for administrators, written as its pages have it and not as the tables call it. */
interface SandboxAdminRoute {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (request: SandboxAdminRequest, organisation: SandboxOrganisation) => SandboxAdminAnswer;
}

/** How the vendor answers administrators. */
export interface SandboxAdmin {
  /** A random credential in the vendor's form. Never one that was issued to anybody. */
  readonly newCredential: () => string;
  /** The credential that a request carries where the vendor looks for it. */
  readonly credentialOf: (headers: IncomingHttpHeaders) => string | null;
  /** The place that its keys are made in, and others that are empty. */
  readonly places: readonly [string, ...string[]];
  readonly newKeyId: () => string;
  readonly routes: ReadonlyArray<SandboxAdminRoute>;
  /** For a credential that is none, and for one that may not do it. */
  readonly unauthenticated: SandboxAdminAnswer;
  readonly notPermitted: SandboxAdminAnswer;
  /** All errors on record, those two among them. */
  readonly answers: ReadonlyArray<RecordedAdminAnswer>;
}

/** Records errors that one page has. */
export const recordedErrors =
  (source: string) =>
  (
    ...errors: ReadonlyArray<readonly [string, RecordedAdminAnswer['means'], SandboxAdminAnswer]>
  ): ReadonlyArray<RecordedAdminAnswer> =>
    errors.map(([name, means, answer]) => ({ name, means, source, ...answer }));

/** A bearer token, or null. */
export const bearer = ({ authorization = '' }: IncomingHttpHeaders): string | null =>
  /^Bearer (\S+)$/.exec(authorization)?.[1] ?? null;

/** A page of a list, from an offset on. */
export const pageOf = <A>(
  all: ReadonlyArray<A>,
  query: URLSearchParams,
  { from = 0, size }: { readonly from?: number; readonly size: number },
): ReadonlyArray<A> => all.slice(from, from + Math.min(size, Number(query.get('limit') ?? size)));
