import type { ActContext, Keyturn, StartRunInput } from 'keyturn';
import { command } from '../command';
import { execInRun } from '../exec/execInRun';
import { commandToRun, EXEC_DETAILS, execFlags } from '../exec/execFlags';
import { optional, projectFlag, readKey, runOperand, text, wholeNumber, workspaceFlag } from '../input/flags';
import { resolveKey } from '../keyArgument';
import { UsageError } from '../problems';
import { commandReport, pinJson, pinLines } from './runWords';

const VENDOR = '--vendor <vendor>';
const KEY = '--key <key>';
const LEASE = '--lease <seconds>';
const LONGEST_LEASE = 1_000_000_000;

const leaseFlag = optional(
  LEASE,
  'how long the run may hold its key without a sign of life (24 h)',
  wholeNumber(LEASE, 1, LONGEST_LEASE),
);

const choiceOf = async (
  keyturn: Keyturn,
  context: ActContext,
  vendor: string | undefined,
  key: string | undefined,
): Promise<Pick<StartRunInput, 'choice'>> => {
  if (vendor !== undefined) return { choice: { kind: 'vendor', vendor } };
  if (key === undefined) return {};
  return { choice: { kind: 'key', keyId: await resolveKey(keyturn, context, key) } };
};

export const runsStart = command({
  details: [
    "The key is the project's Default, else the workspace's, unless a vendor or a key is named. The same",
    'start again changes nothing and shows the same pin; with --exec it is refused, so that the command does',
    'not run twice.',
    ...EXEC_DETAILS,
  ],
  operands: { run: runOperand },
  flags: {
    workspace: workspaceFlag,
    project: projectFlag,
    vendor: optional(VENDOR, 'its Default of this vendor, or its only active key', text(VENDOR)),
    key: optional(KEY, 'this key', readKey(KEY)),
    lease: leaseFlag,
    ...execFlags,
  },
  examples: [
    'keyturn runs start compile-1 --workspace acme --project docs',
    "keyturn runs start compile-2 --workspace acme --env-name VENDOR_KEY --exec './compile.sh'",
  ],
  run: async (session, given) => {
    const { run: runId, workspace, project, vendor, key, lease } = given;
    if (vendor !== undefined && key !== undefined)
      throw new UsageError('--vendor and --key: take one of them.');
    const toRun = commandToRun(given, session.settings);
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const request: StartRunInput = {
      runId,
      ...(project === undefined ? {} : { projectId: project }),
      ...(await choiceOf(keyturn, context, vendor, key)),
      ...(lease === undefined ? {} : { leaseSeconds: lease }),
    };
    if (toRun !== null) {
      const onlyNew = { ...request, run: 'new' } as const;
      return commandReport(await execInRun(keyturn, context, onlyNew, toRun, session.io));
    }
    const pin = await keyturn.runs.start(context, request);
    return { json: { run: pinJson(pin), keyringRevision: pin.keyringRevision }, lines: pinLines(pin) };
  },
});

export const runsResume = command({
  details: ['May lengthen the lease, never shorten it.', ...EXEC_DETAILS],
  operands: { run: runOperand },
  flags: { workspace: workspaceFlag, lease: leaseFlag, ...execFlags },
  examples: [
    'keyturn runs resume compile-1 --workspace acme',
    "keyturn runs resume compile-1 --workspace acme --secret-via stdin --exec './compile.sh --key-from-stdin'",
  ],
  run: async (session, given) => {
    const { run: runId, workspace, lease } = given;
    const toRun = commandToRun(given, session.settings);
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const request = { runId, ...(lease === undefined ? {} : { leaseSeconds: lease }) };
    if (toRun !== null) {
      const open = { ...request, run: 'open' } as const;
      return commandReport(await execInRun(keyturn, context, open, toRun, session.io));
    }
    const pin = await keyturn.runs.resume(context, request);
    return { json: { run: pinJson(pin), keyringRevision: pin.keyringRevision }, lines: pinLines(pin) };
  },
});
