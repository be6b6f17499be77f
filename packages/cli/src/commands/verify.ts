import type { VerifyFinding, VerifyProgress, VerifyReport } from 'keyturn';
import { command } from '../command';
import { EXIT_DONE, EXIT_FAULT } from '../exitStatus';
import { optional, readWorkspace, WORKSPACE } from '../input/flags';
import { progressDisplay } from '../output/progressDisplay';
import type { Line } from '../output/report';
import { refuseUnknownWorkspace } from './knownWorkspace';

const DOING: { readonly [S in VerifyProgress['step']]: string } = {
  counting: 'counted',
  checking: 'checked',
  'comparing-read-models': 'compared with the read models',
};

const place = ({ workspaceId, stream, revision, keyId, projection }: VerifyFinding): string =>
  [
    workspaceId === null ? null : `workspace ${workspaceId}`,
    stream === null ? null : `stream ${stream}`,
    revision === null ? null : `revision ${revision}`,
    keyId === null ? null : `key ${keyId}`,
    projection === null ? null : `read model ${projection}`,
  ]
    .filter((part) => part !== null)
    .join(', ') || 'the deployment';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

export const findingLines = (findings: ReadonlyArray<VerifyFinding>): ReadonlyArray<Line> =>
  findings.flatMap((finding) => [
    { heading: `${finding.kind}: ${place(finding)}` },
    `  ${finding.what}`,
    `  ${finding.next}`,
  ]);

const lines = (report: VerifyReport): ReadonlyArray<Line> => {
  const { workspaces, events, sealsGood, sealsVouched, keysOpened, readModels, findings } = report;
  const vouched =
    sealsVouched === 0
      ? ''
      : `, ${sealsVouched} of keys that were replaced: the vault’s witness vouches for them`;
  return [
    ...findingLines(findings),
    `Verified ${counted(workspaces, 'workspace')}: ${counted(events, 'event')} in their chains, ` +
      `${counted(sealsGood, 'good seal')}${vouched}, ${counted(keysOpened, 'secret')} opened.`,
    readModels.length === 0
      ? 'No read models were compared.'
      : `Read models compared with the events: ${readModels.join(', ')}.`,
    findings.length === 0 ? 'Nothing is wrong.' : `${counted(findings.length, 'finding')}.`,
  ];
};

export const verify = command({
  details: [
    'Reads everything and changes nothing: the chain of every event from its beginning, each seal, what the vault',
    'knows of each stream, snapshots, whether the secret of every key opens, and every row of the read models.',
    'For them it needs room for a second copy beside them. Services may go on meanwhile. Exit status 3 when',
    'something is wrong: the report says where, what, and what to do.',
  ],
  operands: {},
  flags: {
    workspace: optional(WORKSPACE, 'of this workspace alone; all when left out', readWorkspace),
  },
  examples: ['keyturn verify', 'keyturn verify --workspace acme', 'keyturn verify --json'],
  run: async (session, { workspace }) => {
    const keyturn = await session.keyturnForDryRuns();
    const ctx = workspace === undefined ? session.asReaderOfAll() : session.asReader(workspace);
    const display = await progressDisplay(session.io.stderr, 'Verifying');
    try {
      const report = await keyturn.verify(ctx, {
        onProgress: ({ step, done, total }) =>
          display.show(done, total ?? done, `${counted(done, 'event')} ${DOING[step]}`),
      });
      if (report.events === 0 && report.findings.length === 0) await refuseUnknownWorkspace(keyturn, ctx);
      return {
        json: { verify: report },
        lines: lines(report),
        exitStatus: report.findings.length === 0 ? EXIT_DONE : EXIT_FAULT,
      };
    } finally {
      display.end();
    }
  },
});
