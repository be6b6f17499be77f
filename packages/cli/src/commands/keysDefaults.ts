import type { Foreseen, KnownKey, SetDefaultInput } from 'keyturn';
import { command } from '../command';
import {
  keyOperand,
  projectFlag,
  readProject,
  required,
  toggle,
  underCaseFlag,
  workspaceFlag,
} from '../input/flags';
import { dryRunFlag } from '../irreversible';
import { resolveKey } from '../keyArgument';
import { foreseenReport } from '../output/foreseen';
import { UsageError } from '../problems';
import { keyJson, keyLine } from './keyWords';

const leftLines = (projects: ReadonlyArray<string>): ReadonlyArray<string> =>
  projects.length === 0
    ? []
    : [
        projects.length === 1
          ? `Left on the old key, by a Default of its own: project ${projects.join('')}`
          : `Left on the old key, by Defaults of their own: projects ${projects.join(', ')}`,
      ];

/** Projects that a change of the workspace's Default would leave on the key that it has now. */
const staying = ({ events }: Foreseen, keys: ReadonlyArray<KnownKey>): ReadonlyArray<string> =>
  events.length === 0 ? [] : (keys.find(({ isDefault }) => isDefault)?.projectDefaults ?? []);

export const keysSetDefault = command({
  details: [
    'Runs under way keep the key that they started with. With --project, for the new runs of that project alone.',
    'Projects whose own Default is the key that is replaced stay on it, and are named; --with-projects moves them,',
    'then or afterwards.',
  ],
  operands: { key: keyOperand },
  flags: {
    workspace: workspaceFlag,
    project: projectFlag,
    withProjects: toggle('--with-projects', 'move the projects that would stay on the old key'),
    case: underCaseFlag,
    dryRun: dryRunFlag,
  },
  examples: [
    'keyturn keys set-default 6f0c3a1e --workspace acme',
    'keyturn keys set-default 6f0c3a1e --workspace acme --with-projects',
    'keyturn keys set-default 6f0c3a1e --workspace acme --project docs',
  ],
  run: async (session, { workspace, key: named, project, withProjects, dryRun, case: caseId }) => {
    if (project !== undefined && withProjects) {
      throw new UsageError('--with-projects is for the Default of the workspace: leave --project out.');
    }
    const keyturn = await (dryRun ? session.keyturnForDryRuns() : session.keyturn());
    const context = session.context(workspace, caseId);
    const request: SetDefaultInput = {
      keyId: await resolveKey(keyturn, context, named),
      ...(project === undefined ? {} : { projectId: project }),
      ...(withProjects ? { projects: 'follow' } : {}),
    };
    if (dryRun) {
      const foreseen = await keyturn.keys.setDefault(context, request, { dryRun: true });
      const keys = await keyturn.keys.find(context, { idPrefix: '' });
      const left = withProjects || project !== undefined ? [] : staying(foreseen, keys);
      const report = foreseenReport(foreseen, keys);
      return {
        ...report,
        json: { ...report.json, projectsLeft: left },
        lines: [...report.lines, ...leftLines(left)],
      };
    }
    const { key, changed, projectsMoved, projectsLeft, keyringRevision } = await keyturn.keys.setDefault(
      context,
      request,
    );
    const whose = project === undefined ? 'the workspace' : `project ${project}`;
    return {
      json: {
        key: keyJson(key),
        projectId: project ?? null,
        changed,
        projectsMoved,
        projectsLeft,
        keyringRevision,
      },
      lines: [
        key.display,
        keyLine(key),
        changed
          ? `It is the Default of ${whose}. Runs under way keep the key that they started with.`
          : `It was the Default of ${whose} already: nothing changed.`,
        ...(projectsMoved.length === 0 ? [] : [`Projects that came along: ${projectsMoved.join(', ')}`]),
        ...leftLines(projectsLeft),
      ],
      hints:
        projectsLeft.length === 0
          ? []
          : [
              `To move them, too: keyturn keys set-default ${key.keyId} --workspace ${workspace} --with-projects`,
            ],
    };
  },
});

const PROJECT = '--project <id>';

export const keysClearDefault = command({
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
