import { command } from '../command';
import { keyOperand, projectFlag, readProject, required, workspaceFlag } from '../input/flags';
import { resolveKey } from '../keyArgument';
import { keyJson, keyLine } from './keyWords';

export const keysSetDefault = command({
  name: 'set-default',
  summary: 'New runs use this key from now on',
  details: [
    'Runs under way keep the key that they started with. With --project, for the new runs of that project alone.',
  ],
  operands: { key: keyOperand },
  flags: { workspace: workspaceFlag, project: projectFlag },
  examples: [
    'keyturn keys set-default 6f0c3a1e --workspace acme',
    'keyturn keys set-default 6f0c3a1e --workspace acme --project docs',
  ],
  run: async (session, { workspace, key: named, project }) => {
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const keyId = await resolveKey(keyturn, context, named);
    const { key, changed, keyringRevision } = await keyturn.keys.setDefault(context, {
      keyId,
      ...(project === undefined ? {} : { projectId: project }),
    });
    const whose = project === undefined ? 'the workspace' : `project ${project}`;
    return {
      json: { key: keyJson(key), projectId: project ?? null, changed, keyringRevision },
      lines: [
        key.display,
        keyLine(key),
        changed
          ? `It is the Default of ${whose}. Runs under way keep the key that they started with.`
          : `It was the Default of ${whose} already: nothing changed.`,
      ],
    };
  },
});

const PROJECT = '--project <id>';

export const keysClearDefault = command({
  name: 'clear-default',
  summary: "A project uses the workspace's Default again",
  operands: {},
  flags: { workspace: workspaceFlag, project: required(PROJECT, 'the project', readProject) },
  examples: ['keyturn keys clear-default --workspace acme --project docs'],
  run: async (session, { workspace, project }) => {
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const { changed, keyringRevision } = await keyturn.keys.clearDefault(context, { projectId: project });
    return {
      json: { projectId: project, changed, keyringRevision },
      lines: [
        changed
          ? `New runs of project ${project} use the workspace's Default.`
          : `Project ${project} had no Default of its own: nothing changed.`,
      ],
    };
  },
});
