import type { RunUsage } from 'keyturn';
import { requestProblem } from '../../problems/problem';
import { need } from '../frame/need';
import type { Page, Visit } from '../frame/page';
import { ActionForm, Cancel } from '../parts/fields';
import { FailedNote } from '../parts/note';
import { WORDS } from '../words/words';
import { runPath } from './runsPage';

const { runs: WORDING } = WORDS;

/** The newest run of that id. @throws ProblemError `unknown-run`, `not-permitted` */
const runOf = async (visit: Visit): Promise<RunUsage> => {
  need(visit, 'ListRuns');
  const { keyturn, ctx, params } = visit;
  const { runs } = await keyturn.runs.list(ctx, { runId: params['runId'] ?? '', limit: 1 });
  const [run] = runs;
  if (run === undefined) throw requestProblem('unknown-run');
  return run;
};

/** Ends a run that nothing works on any more. */
export const endRunPage: Page = {
  path: '/workspaces/:workspaceId/runs/:runId/end',
  permission: 'FinishRun',
  show: async (visit, failed) => {
    const { runId, last4, keyId, releasedAt } = await runOf(visit);
    const title = WORDING.endTitle(runId);
    return {
      title,
      screen: 'runs',
      body: (
        <>
          <h1>{title}</h1>
          <FailedNote failed={failed} />
          <div data-dialog-body="">
            <p>{releasedAt === null ? WORDING.endLead(last4 ?? keyId) : WORDING.ended}</p>
            <ActionForm visit={visit} action={runPath(visit, runId, '/end')}>
              <div class="buttons">
                <Cancel to={visit.here('/runs')} isFirst={true} />
                {releasedAt === null && (
                  <button type="submit" class="danger">
                    {WORDING.endSubmit}
                  </button>
                )}
              </div>
            </ActionForm>
          </div>
        </>
      ),
    };
  },
  act: async (visit, form) => {
    const { runId } = await runOf(visit);
    await visit.keyturn.runs.finish(
      visit.ctx,
      { runId, outcome: 'cancelled' },
      { idempotencyKey: form.text('act') },
    );
    return { to: visit.here('/runs'), notice: { code: 'run-ended', about: runId } };
  },
};
