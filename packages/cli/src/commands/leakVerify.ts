import type { CertificateFinding } from 'keyturn';
import { readFile } from 'node:fs/promises';
import { command } from '../command';
import { codeOf } from '../errorCode';
import { EXIT_DONE, EXIT_FAULT } from '../exitStatus';
import { required, text } from '../input/flags';
import { fullPath } from '../input/fullPath';
import type { Line } from '../output/report';
import { UsageError } from '../problems';
import { findingLines } from './verify';

const told = (line: string | null): string => (line === null ? 'nothing' : `"${line}"`);

const lineOf = ({ line, says, log }: CertificateFinding): ReadonlyArray<Line> => [
  { heading: `Line ${line} is not so` },
  `  The file says ${told(says)}.`,
  `  The log says ${told(log)}.`,
];

/** @throws UsageError where it can't be read */
const readText = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`FILE: ${path} can't be read (${codeOf(error)}).`);
  }
};

export const leakVerify = command({
  details: [
    'Holds every line of a certificate of destruction against the log as it is now, and looks at the whole log of the',
    'workspace: its chain, its seals, and that the vault has no secret of a deleted key. Changes nothing. Exit status',
    '3 when something is not so: the report says which line.',
  ],
  operands: { file: required('FILE', 'the certificate, as keyturn leak certificate wrote it', text('FILE')) },
  flags: {},
  examples: ['keyturn leak verify destroyed.txt', 'keyturn leak verify destroyed.txt --json'],
  run: async (session, { file }) => {
    const path = fullPath('FILE', file, session.io.cwd);
    const certificate = await readText(path);
    const keyturn = await session.keyturnForDryRuns();
    const checked = await keyturn.support.checkCertificate(session.asReaderOfAll(), { text: certificate });
    const { workspaceId, keyId, lines, findings, logFindings } = checked;
    const holds = findings.length === 0 && logFindings.length === 0;
    return {
      json: { certificate: { file: path, ...checked } },
      lines: [
        ...findings.flatMap(lineOf),
        ...findingLines(logFindings.map((finding) => ({ ...finding, projection: null }))),
        findings.length === 0
          ? `Every line is so: ${lines} of key ${keyId} in ${workspaceId}.`
          : `${findings.length} of ${lines} lines are not so. Key ${keyId} in ${workspaceId}.`,
        logFindings.length === 0
          ? 'The log of the workspace is as it was written.'
          : `Of the workspace ${logFindings.length} more to be mended: see keyturn verify --workspace ${workspaceId}.`,
      ],
      exitStatus: holds ? EXIT_DONE : EXIT_FAULT,
    };
  },
});
