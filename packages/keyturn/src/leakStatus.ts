import type { LeakOutcome, LeakStep } from '@keyturn/domain';
import type { AuditFilter, ReadModels } from '@keyturn/projections';
import type { CallContext, Failure, LeakCaseKeyNow, LeakCaseNow } from '@keyturn/service';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Asked } from './asking';
import { callContext, type QueryOptions, type ReaderContext } from './context';
import { isKeyturnError } from './errors';
import { settled } from './settle';

/** A step of a leak review for one key. */
export interface LeakStepStanding {
  readonly step: LeakStep;
  readonly done: boolean;
  /** When and by whom, and by which event; null while it is open, or where no event shows it. */
  readonly mark: {
    /** Milliseconds since 1970. */
    readonly at: number;
    readonly actor: { readonly kind: string; readonly id: string };
    readonly event: string;
  } | null;
}

/** How a case stands for one key. */
export interface LeakCaseKeyStanding {
  readonly workspaceId: string;
  readonly keyId: string;
  readonly vendor: string;
  readonly last4: string;
  readonly label: string | null;
  readonly status: LeakCaseKeyNow['status'];
  readonly suspended: boolean;
  /** Runs that have the key now: at the vendor they fail once it is revoked. */
  readonly openRuns: ReadonlyArray<string>;
  /** All nine, in their order. */
  readonly steps: ReadonlyArray<LeakStepStanding>;
  /** The first that is open; null where nothing is, and once the case is closed, whatever it left open. */
  readonly next: LeakStep | null;
  readonly outcome: LeakOutcome;
  /** A check could not be made, since nobody had the bytes. */
  readonly notCheckable: boolean;
  /** From the report on, whole minutes; null until then. Negative where it was done before the report. */
  readonly minutesToRevoked: number | null;
  readonly minutesToDead: number | null;
}

/** How a case stands. */
export interface LeakStatus {
  readonly caseId: string;
  /** By workspace; empty where no key was reported under the case. */
  readonly keys: ReadonlyArray<LeakCaseKeyStanding>;
  /** Nothing is left to be done of any key that is shown. */
  readonly closed: boolean;
  /** Workspaces of the case whose history the hook keeps from the caller. */
  readonly hiddenWorkspaces: number;
}

export type ReadLeakStatus = (
  ctx: ReaderContext,
  input: { readonly caseId: string },
  options?: QueryOptions,
) => Promise<LeakStatus>;

interface StatusParts {
  readonly asked: Asked;
  readonly leakCase: (
    context: CallContext,
    request: { readonly caseId: string },
  ) => TaskEither<Failure, LeakCaseNow>;
}

const PAGE = 1_000;

/** The workspaces in which a key was reported under the case. */
const workspacesOf = async (
  models: Pick<ReadModels, 'auditPage'>,
  caseId: string,
): Promise<ReadonlyArray<string>> => {
  const filter: AuditFilter = { caseId, action: ['KeyReportedLeaked', 'KeyHardDeleted'] };
  const found = new Set<string>();
  let after: string | undefined;
  for (let more = true; more;) {
    const page = await settled(
      models.auditPage(filter, {
        order: 'oldest-first',
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      }),
    );
    for (const { workspaceId } of page.entries) found.add(workspaceId);
    ({ more } = page);
    after = page.next ?? undefined;
  }
  return [...found].sort();
};

const standing = (key: LeakCaseKeyNow): LeakCaseKeyStanding => ({
  ...key,
  steps: key.steps.map(({ step, done, mark }) => ({
    step,
    done,
    mark: mark && { at: mark.at, actor: { kind: mark.actor.kind, id: mark.actor.id }, event: mark.event },
  })),
});

export const makeLeakStatus = ({ asked, leakCase }: StatusParts): ReadLeakStatus => {
  const ofWorkspace = async (
    { workspaceId, actor }: Required<Pick<ReaderContext, 'workspaceId' | 'actor'>>,
    caseId: string,
  ): Promise<ReadonlyArray<LeakCaseKeyStanding> | null> => {
    try {
      const { keys } = await settled(leakCase(callContext({ workspaceId, actor }), { caseId }));
      return keys.map(standing);
    } catch (error) {
      if (isKeyturnError(error) && error.code === 'not-permitted') return null;
      throw error;
    }
  };

  return ({ workspaceId, actor }, { caseId }, options = {}) => {
    const place = workspaceId === undefined ? {} : { workspaceId };
    return asked({ actor, ...place }, 'ReadAudit', {}, options, async (models) => {
      const workspaces = workspaceId === undefined ? await workspacesOf(models, caseId) : [workspaceId];
      const read: Array<ReadonlyArray<LeakCaseKeyStanding> | null> = [];
      for (const id of workspaces) read.push(await ofWorkspace({ workspaceId: id, actor }, caseId));
      const keys = read.flatMap((ofOne) => ofOne ?? []);
      return {
        caseId,
        keys,
        closed: keys.length > 0 && keys.every(({ next }) => next === null),
        hiddenWorkspaces: read.filter((ofOne) => ofOne === null).length,
      };
    });
  };
};
