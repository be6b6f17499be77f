import type { AuditEntry, AuditFilter, ReadModels } from '@keyturn/projections';
import { settled } from '../settle';
import type { ExposureFacts, ExposureWindow, KeyringAct, KeyUse } from './facts';
import { actorOf } from './readUses';

const PAGE = 1_000;
const TAKINGS = ['RunKeyPinned', 'RunKeyResumed'] as const;

type Models = Pick<ReadModels, 'auditPage'>;

/** One question for each name, and not one for each entry: a workspace may have a million. */
const isThere = async (models: Models, filter: AuditFilter): Promise<boolean> =>
  (await settled(models.auditPage(filter, { order: 'oldest-first', limit: 1 }))).entries.length > 0;

const KINDS = ['user', 'service', 'support', 'system'] as const;

const actorFilter = (actor: string): Pick<AuditFilter, 'actor'> => {
  const colon = actor.indexOf(':');
  const kind = KINDS.find((known) => known === actor.slice(0, colon));
  const id = actor.slice(colon + 1);
  return { actor: kind === undefined ? { id } : { id, kind } };
};

/** Whether an actor did anything in the workspace before a time. */
export const isInLogBefore = (
  models: Models,
  workspaceId: string,
  actor: string,
  time: number,
): Promise<boolean> => isThere(models, { workspaceId, until: time, ...actorFilter(actor) });

const distinct = (names: ReadonlyArray<string | null>): ReadonlyArray<string> => [
  ...new Set(names.filter((name) => name !== null)),
];

const knownAmong = async (
  names: ReadonlyArray<string | null>,
  isKnown: (name: string) => Promise<boolean>,
): Promise<ReadonlySet<string>> => {
  const known = new Set<string>();
  for (const name of distinct(names)) if (await isKnown(name)) known.add(name);
  return known;
};

/** Which actors, origins and projects of the uses had used any key of the workspace before. */
export const readKnown = async (
  models: Models,
  workspaceId: string,
  { since }: ExposureWindow,
  uses: ReadonlyArray<KeyUse>,
): Promise<ExposureFacts['known']> => {
  const before = { workspaceId, action: TAKINGS, until: since } as const;
  return {
    actors: await knownAmong(
      uses.map(({ actor }) => actor),
      (actor) => isThere(models, { ...before, ...actorFilter(actor) }),
    ),
    origins: await knownAmong(
      uses.map(({ originRef }) => originRef),
      (originRef) => isThere(models, { ...before, originRef }),
    ),
    projects: await knownAmong(
      uses.map(({ projectId }) => projectId),
      (projectId) => isThere(models, { ...before, projectId }),
    ),
  };
};

/** Uses that are looked through for one with an origin: who passes none passes none in so many either. */
const LOOKED_THROUGH = 1_000;

/** When the workspace's log begins, and whether uses before the window have origins. */
export const readHistory = async (
  models: Models,
  workspaceId: string,
  { since }: ExposureWindow,
): Promise<Pick<ExposureFacts, 'historySince' | 'originsRecorded'>> => {
  const first = await settled(models.auditPage({ workspaceId }, { order: 'oldest-first', limit: 1 }));
  const before = await settled(
    models.auditPage(
      { workspaceId, action: TAKINGS, until: since },
      { order: 'newest-first', limit: LOOKED_THROUGH },
    ),
  );
  return {
    historySince: first.entries[0]?.time ?? since,
    originsRecorded: before.entries.some(({ originRef }) => originRef !== null),
  };
};

/** Support that works on a case is no taken-over account; nor is what Keyturn does by itself. */
const isExpected = ({ actorKind, caseId }: AuditEntry): boolean =>
  actorKind === 'system' || (actorKind === 'support' && caseId !== null);

/** Keys added and Defaults moved in the window, by actors who did nothing in the workspace before it. */
export const readActsOfNewActors = async (
  models: Models,
  workspaceId: string,
  window: ExposureWindow,
): Promise<ReadonlyArray<KeyringAct>> => {
  const isNew = new Map<string, boolean>();
  const acts: KeyringAct[] = [];
  const filter = { workspaceId, action: ['KeyAdded', 'DefaultChanged'], ...window } as const;
  for (let after: { readonly after?: string } = {}; ;) {
    const page = await settled(models.auditPage(filter, { order: 'oldest-first', limit: PAGE, ...after }));
    for (const entry of page.entries) {
      if (isExpected(entry)) continue;
      const actor = actorOf(entry);
      const known = isNew.get(actor);
      const fresh = known ?? !(await isInLogBefore(models, workspaceId, actor, window.since));
      isNew.set(actor, fresh);
      if (!fresh) continue;
      const { sequence, time: at, type: action } = entry;
      acts.push({ sequence, at, actor, action, refusedAs: null });
    }
    if (!page.more || page.next === null) return acts;
    after = { after: page.next };
  }
};

/** The entry by which a key was first said to have leaked; null where none is found. */
export const readReportEntry = async (
  models: Models,
  workspaceId: string,
  keyId: string,
  reportedAt: number | null,
): Promise<number | null> => {
  if (reportedAt === null) return null;
  const filter = { workspaceId, keyId, action: ['KeyReportedLeaked', 'KeyHardDeleted'] } as const;
  const page = await settled(models.auditPage(filter, { order: 'oldest-first', limit: PAGE }));
  return page.entries.find(({ time }) => time === reportedAt)?.sequence ?? null;
};
