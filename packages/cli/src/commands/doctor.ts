import { command } from '../command';
import { EXIT_DONE, EXIT_FAULT } from '../exitStatus';
import { optional, readWorkspace, WORKSPACE } from '../input/flags';
import { table } from '../output/table';
import type { Session } from '../session';
import { deploymentStatus } from './deploymentStatus';
import { configuration, fileModes, parts, readings, versions, type Check } from './doctorChecks';
import { looseFiles } from './doctorFiles';
import { vendorTables } from './doctorVendors';

const opened = async (session: Session, workspace: string | undefined): Promise<ReadonlyArray<Check>> => {
  const status = await deploymentStatus(session);
  return [
    ...parts(status),
    ...(status.eventStore.reachable === true ? await readings(session, workspace) : []),
  ];
};

export const doctor = command({
  details: [
    'Looks at versions, configuration, file modes, vendor tables, event store, vault, schema, read models, sweep and',
    'clocks, and how each vendor fares by the newest test calls of all workspaces. It repairs nothing; read models are',
    'brought up to date, as by a list. Exit status 3 when something is to be done.',
  ],
  operands: {},
  flags: { workspace: optional(WORKSPACE, 'look at the keys of this workspace, too', readWorkspace) },
  examples: ['keyturn doctor', 'keyturn doctor --workspace acme', 'keyturn doctor --json'],
  run: async (session, { workspace }) => {
    // Before anything is opened, which makes files private.
    const loose = looseFiles(session.settings);
    const tables = await vendorTables(session);
    const checks: ReadonlyArray<Check> = [
      versions(process.versions.node),
      configuration(session, tables.vendors),
      fileModes(loose),
      tables.check,
      ...(tables.usable ? await opened(session, workspace) : []),
    ];
    const ok = checks.every((one) => one.ok);
    return {
      json: { doctor: { ok, checks } },
      lines: [
        ...table(
          ['CHECK', 'STATE', 'FOUND'],
          checks.map(({ check, ok: fine, found }) => [check, fine ? 'ok' : 'to do', found]),
        ),
        ok ? 'Nothing is to be done.' : 'What is to be done is said for each check.',
      ],
      hints: checks.flatMap(({ check, next }) => next.map((step) => `${check}: ${step}`)),
      exitStatus: ok ? EXIT_DONE : EXIT_FAULT,
    };
  },
});
