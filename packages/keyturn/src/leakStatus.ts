import type { AuditFilter, ReadModels } from '@keyturn/projections';
import type { CallContext, Failure, LeakCaseKeyNow, LeakCaseNow } from '@keyturn/service';
import type { KnownVendors } from '@keyturn/vendors';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { Asked } from './asking';
import { callContext, type QueryOptions, type ReaderContext } from './context';
import { isKeyturnError } from './errors';
import { leakMail, type MailVendor } from './leakMail';
import type { LeakCaseKeyStanding, LeakStatus } from './leakStanding';
import { settled } from './settle';

export type ReadLeakStatus = (
  ctx: ReaderContext,
  input: { readonly caseId: string },
  options?: QueryOptions,
) => Promise<LeakStatus>;

interface StatusParts {
  readonly asked: Asked;
  readonly vendors: Pick<KnownVendors, 'displayName' | 'revocationPage' | 'profiles'>;
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

const mailVendorOf = (vendors: StatusParts['vendors'], vendor: string): MailVendor => ({
  name: vendors.displayName(vendor),
  revocationPage: vendors.revocationPage(vendor),
  revokeSteps: vendors.profiles().find((profile) => profile.vendor === vendor)?.revokeSteps ?? [],
});

const standing = (
  { steps, ...key }: LeakCaseKeyNow,
  vendors: StatusParts['vendors'],
  caseId: string,
): LeakCaseKeyStanding => {
  const vendor = mailVendorOf(vendors, key.vendor);
  return {
    ...key,
    steps: steps.map(({ step, done, mark }) => ({
      step,
      done,
      mark: mark && { at: mark.at, actor: { kind: mark.actor.kind, id: mark.actor.id }, event: mark.event },
      mail: leakMail(key, vendor, caseId, { step, done }),
    })),
  };
};

export const makeLeakStatus = ({ asked, leakCase, vendors }: StatusParts): ReadLeakStatus => {
  const ofWorkspace = async (
    { workspaceId, actor }: Required<Pick<ReaderContext, 'workspaceId' | 'actor'>>,
    caseId: string,
  ): Promise<ReadonlyArray<LeakCaseKeyStanding> | null> => {
    try {
      const { keys } = await settled(leakCase(callContext({ workspaceId, actor }), { caseId }));
      return keys.map((key) => standing(key, vendors, caseId));
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
