import { askStepUp } from '../../api/askStepUp';
import { keptText, type Page } from '../frame/page';
import { casePath, keyOf, keyPath, refusalOf } from '../keys/keysOf';
import { ActionForm, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { WORDS } from '../words/words';
import { caseOf } from './ofCase';

const { withdraw: WORDING } = WORDS;

/** Stands for the reason in a rehearsal. Nothing of that is kept. */
const ANY_REASON = 'rehearsal';

/** It was another key, or another case. */
export const withdrawPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/withdraw',
  permission: 'WithdrawLeakReport',
  show: async (visit, failed) => {
    const { keyId, last4 } = await keyOf(visit);
    const caseId = caseOf(visit);
    const refusal = await refusalOf(() =>
      visit.keyturn.support.withdraw(visit.ctx, { keyId, caseId, reason: ANY_REASON }, { dryRun: true }),
    );
    return formView({
      visit,
      title: WORDING.title(last4),
      failed,
      lead: WORDING.lead,
      refusal,
      back: casePath(visit, caseId),
      children: (
        <ActionForm visit={visit} action={keyPath(visit, keyId, '/leak/withdraw')} class="form">
          <Field
            name="reason"
            label={WORDING.reason}
            hint={WORDING.reasonHint}
            value={keptText(failed, 'reason')}
            required={true}
            maxlength={500}
          />
          <SendOrCancel name={WORDING.submit} cancel={casePath(visit, caseId)} isFinal={true} />
        </ActionForm>
      ),
    });
  },
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    const caseId = caseOf(visit);
    const input = { keyId, caseId, reason: form.text('reason').trim() };
    await askStepUp(visit, 'WithdrawLeakReport', input);
    await visit.keyturn.support.withdraw(visit.ctx, input, { idempotencyKey: form.text('act') });
    return { to: casePath(visit, caseId), notice: { code: 'leak-withdrawn', about: last4 } };
  },
};
