import type { CloseLeakCaseInput, LeakStepStanding } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import { keptText, type Page, type Visit } from '../frame/page';
import { casePath, underCase } from '../keys/keysOf';
import { ActionForm, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { WORDS } from '../words/words';
import { writtenIn } from './known';
import { caseOf, statusOf } from './ofCase';

const { closeCase: WORDING } = WORDS;

type Leavable = NonNullable<CloseLeakCaseInput['leftOpen']>[number]['step'];

const LEAVABLE: { readonly [S in LeakStepStanding['step']]: Leavable | null } = {
  find: null,
  report: null,
  'stop-stranger': 'stop-stranger',
  successor: 'successor',
  revoke: 'revoke',
  'kill-check': 'kill-check',
  'hard-delete': 'hard-delete',
  review: 'review',
  close: null,
};

const STEPS = Object.values(LEAVABLE).filter((step) => step !== null);

/** Steps that are open of any key of the workspace, in their order. */
const openSteps = async (visit: Visit, caseId: string): Promise<ReadonlyArray<Leavable>> => {
  const { keys } = await statusOf(visit, caseId);
  const open = new Set(keys.flatMap(({ steps }) => steps.flatMap(({ step, done }) => (done ? [] : [step]))));
  return STEPS.filter((step) => open.has(step));
};

const fieldOf = (step: Leavable): string => `leave-${step}`;

/** Closes the case for all its keys of the workspace. */
export const closePage: Page = {
  path: '/workspaces/:workspaceId/leaks/close',
  permission: 'CloseLeakCase',
  show: async (visit, failed) => {
    const caseId = caseOf(visit);
    const open = await openSteps(visit, caseId);
    const back = casePath(visit, caseId);
    return formView({
      visit,
      title: WORDING.title(caseId),
      failed,
      lead: WORDING.lead,
      back,
      children: (
        <ActionForm visit={visit} action={underCase(visit, '/leaks/close')} class="form">
          <p>{open.length === 0 ? WORDING.nothingOpen : WORDING.stillOpen}</p>
          {open.map((step) => (
            <Field
              name={fieldOf(step)}
              label={WORDING.reason(step)}
              value={keptText(failed, fieldOf(step))}
              maxlength={500}
            />
          ))}
          <SendOrCancel name={WORDING.submit} cancel={back} />
        </ActionForm>
      ),
    });
  },
  act: async (visit, form) => {
    const caseId = caseOf(visit);
    const leftOpen = STEPS.flatMap((step) => {
      const reason = writtenIn(form, fieldOf(step));
      return reason === null ? [] : [{ step, reason }];
    });
    const input = { caseId, leftOpen };
    await askStepUp(visit, 'CloseLeakCase', input);
    await visit.keyturn.support.close(visit.ctx, input, { idempotencyKey: form.text('act') });
    return { to: casePath(visit, caseId), notice: { code: 'case-closed', about: caseId } };
  },
};
