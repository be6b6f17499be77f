import { command } from '../command';
import { EXIT_DONE, EXIT_REFUSED } from '../exitStatus';
import { oneOf, optional, runOperand, wholeNumber, workspaceFlag } from '../input/flags';
import { destructionJson, destructionLine } from './keyWords';

const OUTCOME = '--outcome <outcome>';
const REQUESTS = '--vendor-requests <n>';

export const runsFinish = command({
  details: [
    'A key that was deleted meanwhile is destroyed with its last run. A run that is not open needs nothing.',
  ],
  operands: { run: runOperand },
  flags: {
    workspace: workspaceFlag,
    outcome: optional(
      OUTCOME,
      'succeeded (when left out), failed or cancelled',
      oneOf(OUTCOME, ['succeeded', 'failed', 'cancelled']),
    ),
    requests: optional(
      REQUESTS,
      'how many requests it sent to the vendor: a leak review asks',
      wholeNumber(REQUESTS, 0, 1_000_000_000),
    ),
  },
  examples: [
    'keyturn runs finish compile-1 --workspace acme',
    'keyturn runs finish compile-1 --workspace acme --outcome failed --vendor-requests 12',
  ],
  run: async (session, { run: runId, workspace, outcome = 'succeeded', requests }) => {
    const keyturn = await session.keyturn();
    const context = session.context(workspace);
    const { released, destructions, keyringRevision } = await keyturn.runs.finish(context, {
      runId,
      outcome,
      ...(requests === undefined ? {} : { vendorRequests: requests }),
    });
    const finished = released.length > 0;
    const [known = null] = finished
      ? [{ outcome }]
      : (await keyturn.runs.list(context, { runId, limit: 1 })).runs;
    const asWhat = known?.outcome ?? null;
    return {
      json: {
        runId,
        finished,
        known: known !== null,
        outcome: asWhat,
        destructions: destructions.map(destructionJson),
        keyringRevision,
      },
      lines: [
        finished
          ? `Run ${runId} is finished: ${outcome}`
          : known !== null
            ? `Run ${runId} has ended already${asWhat === null ? '' : `, as ${asWhat}`}: nothing to do`
            : `No event names run ${runId}: nothing was done. ` +
              `See which there are: keyturn runs list --workspace ${workspace}`,
        ...destructions.map(({ keyId }) => `Key ${keyId} was being deleted, and this was its last run`),
        ...destructions.map(destructionLine),
      ],
      exitStatus: known !== null ? EXIT_DONE : EXIT_REFUSED,
    };
  },
});
