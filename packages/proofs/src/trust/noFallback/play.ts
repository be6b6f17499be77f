import { randomUUID } from 'node:crypto';
import { questionOf, type Outcome, type Question } from './asking';
import { isRowFault, type Fault } from './fault';
import { othersOpened, problemsOf, type Evidence } from './judge';
import { deleted, type Due, type ModelKey, type ModelWorkspace } from './model';
import { makeMove } from './moving';
import type { Instance, Site } from './site';
import { type Script, type Step } from './steps';
import { tamper } from './tampering';
import type { Ref } from './tables/vaultTables';
import { contextOf, newWorkspace, nth, unbroken, Violation } from './world';

/** What is counted over all cases. */
export interface Counts {
  cases: number;
  releases: number;
  refusals: number;
  faults: number;
  rowsRead: number;
  rowsOpened: number;
  otherRowsOpened: number;
  vendorCalls: number;
  credentialsRead: number;
}

type Ask = Extract<Step, { readonly kind: 'ask' }>;

/** What a fault came to, once the question was answered. */
interface Broken {
  readonly release: Evidence['release'];
  readonly outcome: Outcome;
  readonly dues: ReadonlyArray<Due>;
  readonly destroyed: string | null;
}

/** A hard delete in the middle of a release. */
type Race = Extract<Fault, { readonly kind: 'hard-delete' }>;

const refOf = ({ workspaceId }: ModelWorkspace, { keyId }: ModelKey): Ref => ({ workspaceId, keyId });

const stillSealed = ({ status }: ModelKey): boolean => status !== 'hard-deleted';

/** A row that the target's may change places with; null when there is none. */
const partnerOf = (
  world: ReadonlyArray<ModelWorkspace>,
  workspace: ModelWorkspace,
  target: ModelKey,
  { within, partner, what }: Extract<Fault, { readonly kind: 'swapped' }>,
): Ref | null => {
  const homes =
    within && what !== 'workspace-key' ? [workspace] : world.filter((other) => other !== workspace);
  const refs = homes.flatMap((home) =>
    home.keys.filter((key) => key !== target && stillSealed(key)).map((key) => refOf(home, key)),
  );
  return nth(refs, partner);
};

const racing = async (
  instance: Instance,
  other: Instance,
  workspace: ModelWorkspace,
  key: ModelKey,
  race: Race,
  question: Question,
): Promise<Broken> => {
  const successor = race.successor === null ? null : (nth(workspace.keys, race.successor)?.keyId ?? null);
  const request = { keyId: key.keyId, caseId: 'C-1', ...(successor === null ? {} : { successor }) };
  const context = { ...contextOf(workspace), commandId: randomUUID() };
  const task = other.keyturn.hardDeleteKey(context, request);
  const soFar = { appended: false, begun: false, deleted: false };
  const hardDelete = async (): Promise<void> => {
    soFar.begun = true;
    other.breakage.shredsLater = race.shredsLater;
    other.breakage.witnessesLater = race.witnessLater;
    // Without its witness there is no answer: it is sent again when the release is over.
    if (race.witnessLater) await task();
    else soFar.deleted = (await unbroken('hard delete', task)) !== null;
    other.breakage.shredsLater = false;
  };
  /** Behind its own event a release reads to confirm that nothing else stands there. */
  const AROUND_READING: Readonly<Partial<Record<Race['when'], string>>> = {
    'before-confirm': 'before-read',
    'after-confirm': 'after-read',
  };
  instance.breakage.at = async (point) => {
    if (point === 'after-append') soFar.appended = true;
    const now = point === race.when || (point === AROUND_READING[race.when] && soFar.appended);
    if (now && !soFar.begun) await hardDelete();
  };
  const asked = question.ask(instance.keyturn);
  const [outcome] = await Promise.all([asked, race.when === 'together' ? hardDelete() : undefined]);
  other.breakage.witnessesLater = false;
  if (soFar.begun && race.witnessLater) soFar.deleted = (await unbroken('hard delete', task)) !== null;
  const before = question.due();
  if (!soFar.deleted) {
    // Decided on what was known before the refusal, it may have frozen the row for a moment.
    const release = race.when === 'together' ? 'may' : 'must';
    return { release, outcome, dues: [before], destroyed: null };
  }
  deleted(workspace, key, successor, 'emergency');
  const after = question.due();
  const destroyed = key.keyId;
  switch (race.when) {
    case 'before-append':
      return { release: 'may', outcome, dues: [after], destroyed };
    case 'together':
      return { release: 'may', outcome, dues: [before, after], destroyed };
    default:
      return { release: 'must-not', outcome, dues: [before], destroyed };
  }
};

const answered = async (
  site: Site,
  world: ReadonlyArray<ModelWorkspace>,
  workspace: ModelWorkspace,
  { service, fault }: Ask,
  question: Question,
): Promise<Broken> => {
  const [instance, other] = service === 0 ? site.instances : [site.instances[1], site.instances[0]];
  const { breakage, keyturn, withoutVault } = instance;
  const due = question.due();
  const learn = (): Promise<void> => site.door.learn(world.map(({ workspaceId }) => workspaceId));
  const asked = async (release: Evidence['release']): Promise<Broken> => ({
    release,
    outcome: await question.ask(keyturn),
    dues: [due],
    destroyed: null,
  });
  const target = due.kind === 'key' ? due.key : (workspace.keys.find(stillSealed) ?? null);
  if (isRowFault(fault) && target !== null) {
    const partner = fault.kind === 'swapped' ? partnerOf(world, workspace, target, fault) : null;
    const instead = fault.kind === 'swapped' && partner === null;
    const undo = await tamper(
      site.tables,
      instead ? { kind: 'row-missing', what: 'both' } : fault,
      refOf(workspace, target),
      partner,
    );
    try {
      await learn();
      return await asked('must-not');
    } finally {
      await undo();
    }
  }
  switch (fault.kind) {
    case 'store':
      breakage.store = fault;
      return asked('may');
    case 'vault-away': {
      if (fault.how === 'closed') {
        return {
          release: 'must-not',
          outcome: await question.ask(withoutVault),
          dues: [due],
          destroyed: null,
        };
      }
      await site.tables.rename('data_keys', 'data_keys_elsewhere');
      try {
        return await asked('must-not');
      } finally {
        await site.tables.rename('data_keys_elsewhere', 'data_keys');
      }
    }
    case 'hard-delete':
      if (due.kind === 'key') return racing(instance, other, workspace, due.key, fault, question);
      return asked('must');
    default:
      return asked('must');
  }
};

const heal = ({ instances }: Site): void => {
  for (const { breakage } of instances) {
    breakage.store = null;
    breakage.at = null;
    breakage.shredsLater = false;
    breakage.witnessesLater = false;
  }
};

const count = (counts: Counts, evidence: Evidence): void => {
  const { outcome, seen, requests, credentialReads } = evidence;
  counts.cases += 1;
  if (outcome.kind === 'released') counts.releases += 1;
  if (outcome.kind === 'refused') counts.refusals += 1;
  if (outcome.kind === 'fault') counts.faults += 1;
  counts.rowsRead += seen.read.length;
  counts.rowsOpened += seen.opened.filter(({ what }) => what === 'secret').length;
  counts.otherRowsOpened += othersOpened(evidence);
  counts.vendorCalls += requests.length;
  counts.credentialsRead += credentialReads;
};

/** Plays a script in workspaces of its own. Throws a {@link Violation} at the first case that breaks the promise. */
export const play = async (site: Site, script: Script, prefix: string, counts: Counts): Promise<void> => {
  const world = script.begin.map((_, n) => newWorkspace(`${prefix}-w${n}`));
  const [first] = site.instances;
  await Promise.all(
    world.map(async (workspace, n) => {
      for (const move of script.begin[n] ?? []) await makeMove(site, first.keyturn, world, workspace, move);
    }),
  );
  const secretsNow = (): ReadonlyMap<string, string> =>
    new Map([
      ...site.credentials.texts.map((text) => [text, "the operator's own credential"] as const),
      ...world.flatMap((workspace, w) =>
        workspace.keys.map((key, k) => [key.pasted, `the secret of key ${k} of workspace ${w}`] as const),
      ),
    ]);

  for (const [n, step] of script.steps.entries()) {
    const workspace = nth(world, step.workspace);
    if (workspace === null) continue;
    const { keyturn } = site.instances[step.service];
    if (step.kind === 'move') {
      await makeMove(site, keyturn, world, workspace, step.move);
      continue;
    }
    const question = questionOf(site.prober, world, workspace, step.request, `case-${n}`);
    // Witnesses are written some time after the commands that they are of. What is due is written before the watch
    // begins: whatever is read from here on is read for this case.
    for (const { keyturn: instance } of site.instances) await instance.settled();
    await site.door.learn(world.map(({ workspaceId }) => workspaceId));
    site.door.take();
    site.takeRequests();
    site.credentials.takeReads();
    const broken = await answered(site, world, workspace, step, question);
    heal(site);
    const evidence: Evidence = {
      workspace,
      ...broken,
      seen: site.door.take(),
      requests: site.takeRequests(),
      credentialReads: site.credentials.takeReads(),
      secrets: secretsNow(),
    };
    count(counts, evidence);
    const problems = problemsOf(evidence);
    if (problems.length > 0) {
      const at = `workspace ${world.indexOf(workspace)}, ${question.name}, with ${JSON.stringify(step.fault)}`;
      throw new Violation(`${at}: ${problems.join('; ')}`);
    }
    if (question.leaves !== null) {
      const finish = keyturn.finishRun(contextOf(workspace), { runId: question.leaves });
      await unbroken('finish', finish);
    }
  }
};
