import type { Keyturn } from '@keyturn/service';
import { added, defaultOf, deleted, dueToStartAgain, finished, type ModelWorkspace } from './model';
import type { Site } from './site';
import type { Mood, Move } from './steps';
import { contextOf, nth, requestOf, startRequest, unbroken, Violation } from './world';

const STATUS: Readonly<Record<Mood, 'active' | 'pending' | 'failed'>> = {
  valid: 'active',
  garbage: 'pending',
  rejected: 'failed',
};

/** Makes a move through the service; the model follows when the service says that it was done. */
export const makeMove = async (
  site: Pick<Site, 'sandbox'>,
  keyturn: Keyturn,
  world: ReadonlyArray<ModelWorkspace>,
  workspace: ModelWorkspace,
  move: Move,
): Promise<void> => {
  const { sandbox } = site;
  const context = contextOf(workspace);
  switch (move.kind) {
    case 'add': {
      const { vendor, mood } = move;
      const pasted = sandbox.issueKey(vendor, mood);
      const done = await unbroken('add', keyturn.addKey(context, { vendor, pasted }));
      if (done !== null) added(workspace, { keyId: done.key.keyId, vendor, pasted, status: STATUS[mood] });
      return;
    }
    case 'set-default': {
      const key = nth(workspace.keys, move.key);
      if (key === null) return;
      const { keyId } = key;
      const request = move.project === null ? { keyId } : { keyId, projectId: move.project };
      const done = await unbroken('set-default', keyturn.setDefault(context, request));
      if (done === null) return;
      if (move.project === null) workspace.workspaceDefault = keyId;
      else workspace.projectDefaults.set(move.project, keyId);
      return;
    }
    case 'clear-project-default': {
      const { project: projectId } = move;
      const done = await unbroken('clear', keyturn.clearProjectDefault(context, { projectId }));
      if (done !== null) workspace.projectDefaults.delete(projectId);
      return;
    }
    case 'fail':
    case 'fail-default': {
      const key = move.kind === 'fail' ? nth(workspace.keys, move.key) : defaultOf(workspace, move.project);
      if (key === null) return;
      sandbox.setBehaviour(key.pasted, 'rejected');
      const done = await unbroken('validate', keyturn.validateKey(context, { keyId: key.keyId }));
      if (done !== null) key.status = 'failed';
      return;
    }
    case 'delete':
    case 'hard-delete': {
      const key = nth(workspace.keys, move.key);
      if (key === null) return;
      const successor = move.successor === null ? null : (nth(workspace.keys, move.successor)?.keyId ?? null);
      const request = { keyId: key.keyId, ...(successor === null ? {} : { successor }) };
      const done = await unbroken(
        move.kind,
        move.kind === 'delete'
          ? keyturn.deleteKey(context, { ...request, leaveEmpty: true })
          : keyturn.hardDeleteKey(context, { ...request, caseId: 'C-1' }),
      );
      if (done !== null) deleted(workspace, key, successor, move.kind === 'delete' ? 'routine' : 'emergency');
      return;
    }
    case 'start': {
      const runId = `run-${move.run}`;
      const request = requestOf(world, workspace, move.asked);
      const due = dueToStartAgain(workspace, runId, request);
      const done = await unbroken('start', keyturn.startRun(context, startRequest(runId, request)));
      if (done === null) {
        if (due.kind === 'key') throw new Violation(`${runId} was refused, and a key was due`);
        return;
      }
      if (due.kind !== 'key' || due.key.keyId !== done.keyId) {
        throw new Violation(`${runId} was pinned to another key than was due`);
      }
      if (!workspace.runs.has(runId)) workspace.runs.set(runId, { request, keyId: done.keyId });
      return;
    }
    case 'finish': {
      const runId = `run-${move.run}`;
      const done = await unbroken('finish', keyturn.finishRun(context, { runId }));
      if (done !== null) finished(workspace, runId);
      return;
    }
  }
};
