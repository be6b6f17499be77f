/**
 * What a run must get, by a model of its own: written from the customers' document ("New runs use the new key", "There
 * is no mid-run swap", "never silently fall back") and the rulings on the domain, not from the decider.
 */

type Status = 'pending' | 'active' | 'failed' | 'retired' | 'hard-deleted';

export interface ModelKey {
  readonly keyId: string;
  readonly vendor: string;
  readonly pasted: string;
  status: Status;
}

export type Choice =
  | { readonly kind: 'default' }
  | { readonly kind: 'vendor'; readonly vendor: string }
  | { readonly kind: 'key'; readonly keyId: string };

/** What a run was asked for when it started. */
export interface Request {
  readonly projectId: string | null;
  readonly choice: Choice;
}

export interface ModelWorkspace {
  readonly workspaceId: string;
  /** Every key ever added, oldest first. */
  readonly keys: ModelKey[];
  workspaceDefault: string | null;
  readonly projectDefaults: Map<string, string>;
  readonly runs: Map<string, { readonly request: Request; readonly keyId: string }>;
  readonly ended: Set<string>;
}

/** The one key that it has to be, or the codes of the refusals that it may be. */
export type Due =
  | { readonly kind: 'key'; readonly key: ModelKey }
  | { readonly kind: 'refusal'; readonly codes: ReadonlyArray<string> };

const refusal = (...codes: ReadonlyArray<string>): Due => ({ kind: 'refusal', codes });

const isOnFile = ({ status }: ModelKey): boolean =>
  status === 'pending' || status === 'active' || status === 'failed';

const ifActive = (key: ModelKey, otherwise: string): Due =>
  key.status === 'active' ? { kind: 'key', key } : refusal(otherwise);

const keyOf = (workspace: ModelWorkspace, keyId: string | null | undefined): ModelKey | undefined =>
  workspace.keys.find((key) => key.keyId === keyId);

/** The Default of this very scope; null when it has none. */
export const defaultOf = (workspace: ModelWorkspace, projectId: string | null): ModelKey | null =>
  keyOf(
    workspace,
    projectId === null ? workspace.workspaceDefault : workspace.projectDefaults.get(projectId),
  ) ?? null;

/** The key of a new run. */
export const dueToStart = (workspace: ModelWorkspace, { projectId, choice }: Request): Due => {
  if (!workspace.keys.some(isOnFile)) return refusal('no-key-on-file');
  const ofProject = projectId === null ? null : defaultOf(workspace, projectId);
  const ofWorkspace = defaultOf(workspace, null);
  switch (choice.kind) {
    case 'key': {
      const key = keyOf(workspace, choice.keyId);
      return key === undefined ? refusal('unknown-key') : ifActive(key, 'key-not-active');
    }
    case 'default': {
      const key = ofProject ?? ofWorkspace;
      return key === null ? refusal('no-default') : ifActive(key, 'default-not-active');
    }
    case 'vendor': {
      const { vendor } = choice;
      if (ofProject?.vendor === vendor) return ifActive(ofProject, 'default-not-active');
      if (ofWorkspace?.vendor === vendor) return ifActive(ofWorkspace, 'default-not-active');
      const active = workspace.keys.filter((key) => key.vendor === vendor && key.status === 'active');
      const [sole] = active;
      if (sole === undefined) return refusal('vendor-has-no-active-key');
      return active.length > 1 ? refusal('vendor-is-ambiguous') : { kind: 'key', key: sole };
    }
  }
};

const pinned = (workspace: ModelWorkspace, runId: string): Due => {
  const key = keyOf(workspace, workspace.runs.get(runId)?.keyId);
  if (key === undefined) return refusal(workspace.ended.has(runId) ? 'run-already-ended' : 'run-not-open');
  return key.status === 'hard-deleted' ? refusal('run-interrupted') : { kind: 'key', key };
};

/** A run that another worker takes over keeps its key, whatever became of that key but a hard delete. */
export const dueToResume = pinned;

const sameChoice = (a: Choice, b: Choice): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A run id that was used before: the same request keeps its pin, and is never resolved anew. */
export const dueToStartAgain = (workspace: ModelWorkspace, runId: string, request: Request): Due => {
  const open = workspace.runs.get(runId);
  if (open === undefined) {
    return workspace.ended.has(runId) ? refusal('run-already-ended') : dueToStart(workspace, request);
  }
  const due = pinned(workspace, runId);
  if (due.kind === 'refusal') return due;
  const fits =
    open.request.projectId === request.projectId && sameChoice(open.request.choice, request.choice);
  return fits ? due : refusal('run-already-pinned');
};

/** A test call is made with the very key that was named. */
export const dueToValidate = (workspace: ModelWorkspace, keyId: string): Due => {
  const key = keyOf(workspace, keyId);
  if (key === undefined) return refusal('unknown-key');
  return isOnFile(key) ? { kind: 'key', key } : refusal('key-not-on-file');
};

/** A key came on file; the first one is Default at once. */
export const added = (workspace: ModelWorkspace, key: ModelKey): void => {
  if (!workspace.keys.some(isOnFile)) workspace.workspaceDefault = key.keyId;
  workspace.keys.push(key);
};

const runsOn = (workspace: ModelWorkspace, keyId: string): number =>
  [...workspace.runs.values()].filter((run) => run.keyId === keyId).length;

/** A key left: wherever it was Default the successor is, or nothing when it was the last one. */
export const deleted = (
  workspace: ModelWorkspace,
  key: ModelKey,
  successor: string | null,
  how: 'routine' | 'emergency',
): void => {
  key.status = how === 'routine' && runsOn(workspace, key.keyId) > 0 ? 'retired' : 'hard-deleted';
  if (workspace.workspaceDefault === key.keyId) workspace.workspaceDefault = successor;
  for (const [projectId, keyId] of [...workspace.projectDefaults]) {
    if (keyId !== key.keyId) continue;
    if (successor === null) workspace.projectDefaults.delete(projectId);
    else workspace.projectDefaults.set(projectId, successor);
  }
};

/** A run ended; a retired key goes with its last one. */
export const finished = (workspace: ModelWorkspace, runId: string): void => {
  const key = keyOf(workspace, workspace.runs.get(runId)?.keyId);
  if (!workspace.runs.delete(runId)) return;
  workspace.ended.add(runId);
  if (key?.status === 'retired' && runsOn(workspace, key.keyId) === 0) key.status = 'hard-deleted';
};
