import type { ExposureInput, Keyturn, LeakCaseKeyStanding } from 'keyturn';
import { command } from '../command';
import { optional, readWorkspace, required, sinceFlag, text, untilFlag, WORKSPACE } from '../input/flags';
import { usageFlag, usageIn } from '../input/usageFile';
import { withTimes } from '../output/isoTimes';
import { newDirectory, SUMS, type NewDirectory } from '../output/newDirectory';
import { shownJson } from '../output/shown';
import { isoOf } from '../output/times';
import { UsageError } from '../problems';
import type { Session } from '../session';
import { jsonLinesOf } from './auditLines';
import { refuseUnknownWorkspace } from './knownWorkspace';
import { caseFlag } from './leakCaseOfKey';
import { pageOfExposure } from './leakExposurePage';
import { keyJson } from './leakStatus';
import { noCaseWords } from './nameWords';

const OUT = '--out <dir>';

const documentText = (json: object): string => `${shownJson(JSON.stringify(json, null, 2))}\n`;

async function* withEnds(lines: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines) yield `${line}\n`;
}

interface Evidence {
  readonly session: Session;
  readonly keyturn: Keyturn;
  readonly directory: NewDirectory;
  readonly caseId: string;
  /** What is asked of each key's report, beside the key. */
  readonly asked: Omit<ExposureInput, 'keyId'>;
}

const writeKey = async (
  { session, keyturn, directory, caseId, asked }: Evidence,
  { workspaceId, keyId }: LeakCaseKeyStanding,
): Promise<void> => {
  const context = session.asReader(workspaceId);
  const report = await keyturn.support.exposure(context, { ...asked, keyId });
  const at = `${workspaceId}/${keyId}`;
  await directory.write(`${at}/report.json`, documentText(withTimes(report)));
  await directory.write(`${at}/report.html`, await pageOfExposure(keyturn, session, report, caseId));
  if (report.key.destroyedAt === null) return;
  const { text: certificate } = await keyturn.support.certificate(context, { keyId });
  await directory.write(`${at}/certificate.txt`, certificate);
};

export const leakEvidence = command({
  details: [
    'Writes all that is known of a case into a new private directory: how it stands, the entries of the audit log that',
    'it brought about, and of each key the report (JSON and one HTML page), and the certificate where it is destroyed.',
    `The digests of all files are in ${SUMS}, last of all: sha256sum --check ${SUMS}. Changes nothing in the log.`,
  ],
  operands: {},
  flags: {
    case: caseFlag,
    out: required(OUT, 'where it goes: a directory that is not there, or empty', text(OUT)),
    workspace: optional(WORKSPACE, 'only the keys of this workspace', readWorkspace),
    since: sinceFlag('the window of the reports; when each key was added, where it is left out'),
    until: untilFlag('before this time'),
    usage: usageFlag,
  },
  examples: [
    'keyturn leak evidence --case SR-1042 --out SR-1042',
    'keyturn leak evidence --case SR-1042 --out SR-1042 --since 2026-11-01 --usage usage.csv',
  ],
  run: async (session, { case: caseId, out, workspace, since, until, usage }) => {
    if (since !== undefined && until !== undefined && since >= until) {
      throw new UsageError('--since is not before --until: nothing can lie between. Turn them round.');
    }
    const vendorUsage = usage === undefined ? {} : { usage: await usageIn(session, usage) };
    const keyturn = await session.keyturn();
    const context = workspace === undefined ? session.asReaderOfAll() : session.asReader(workspace);
    const { keys, closed, hiddenWorkspaces } = await keyturn.support.status(context, { caseId });
    if (keys.length === 0) {
      await refuseUnknownWorkspace(keyturn, context);
      throw new UsageError(await noCaseWords(keyturn, context, caseId));
    }
    if (usage !== undefined && keys.length > 1) {
      throw new UsageError(`--usage is of one key, and ${caseId} has ${keys.length}: name its --workspace.`);
    }
    const directory = await newDirectory('--out', out, session.io.cwd);
    const asked = {
      ...vendorUsage,
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
    const standing = {
      caseId,
      deploymentId: keyturn.deploymentId,
      madeAt: isoOf(Date.now()),
      closed,
      hiddenWorkspaces,
      keys: keys.map((key) => keyJson(key, caseId)),
    };
    await directory.write('case.json', documentText(standing));
    const entries = keyturn.audit.export(context, { caseId });
    await directory.write('audit.jsonl', withEnds(jsonLinesOf(entries)));
    for (const key of keys) await writeKey({ session, keyturn, directory, caseId, asked }, key);
    const files = await directory.end();
    return {
      json: { caseId, directory: directory.path, files },
      lines: [
        `What is known of case ${caseId} is in ${directory.path}:`,
        ...files.map(({ path, bytes }) => `  ${path}, ${bytes} bytes`),
        `  ${SUMS}, their digests`,
      ],
    };
  },
});
