import { askStepUp } from '../../api/askStepUp';
import { instantAgain, instantOf } from '../frame/filters';
import { keptText, type Page } from '../frame/page';
import { backTo, casePath, keyOf, keyPath } from '../keys/keysOf';
import { ActionForm, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { TimeField } from '../parts/timeField';
import { WORDS } from '../words/words';
import { Known, knownIn, writtenIn } from './known';

const { reportLeak: WORDING } = WORDS;

/** That a key leaked, or may have: of a key in any state. */
export const reportPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/report',
  permission: 'ReportLeak',
  show: async (visit, failed) => {
    const { keyId, last4 } = await keyOf(visit);
    return formView({
      visit,
      title: WORDING.title(last4),
      failed,
      lead: WORDING.lead,
      back: backTo(visit, keyId),
      children: (
        <ActionForm visit={visit} action={keyPath(visit, keyId, '/leak/report')} class="form">
          <Field
            name="caseId"
            label={WORDS.leaks.case}
            hint={WORDS.leaks.caseHint}
            value={keptText(failed, 'caseId', visit.caseId ?? '')}
            required={true}
          />
          <Known name="stranger" label={WORDING.stranger} failed={failed} />
          <Known name="usedElsewhere" label={WORDING.usedElsewhere} failed={failed} />
          <TimeField
            name="suspectedSince"
            label={WORDING.since}
            hint={WORDING.sinceHint}
            at={instantAgain(keptText(failed, 'suspectedSince'))}
          />
          <Field
            name="source"
            label={WORDING.source}
            hint={WORDING.sourceHint}
            value={keptText(failed, 'source')}
            maxlength={500}
          />
          <Field
            name="reportedBy"
            label={WORDING.reportedBy}
            hint={WORDING.reportedByHint}
            value={keptText(failed, 'reportedBy')}
            maxlength={500}
          />
          <SendOrCancel name={WORDING.submit(last4)} cancel={backTo(visit, keyId)} />
        </ActionForm>
      ),
    });
  },
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    const caseId = form.text('caseId').trim();
    const input = {
      keyId,
      caseId,
      stranger: knownIn(form, 'stranger'),
      usedElsewhere: knownIn(form, 'usedElsewhere'),
      suspectedSince: instantOf('suspectedSince', form.text('suspectedSince')) ?? null,
      source: writtenIn(form, 'source'),
      reportedBy: writtenIn(form, 'reportedBy'),
    };
    await askStepUp(visit, 'ReportLeak', input);
    await visit.keyturn.support.report(visit.ctx, input, { idempotencyKey: form.text('act') });
    return { to: casePath(visit, caseId), notice: { code: 'leak-reported', about: last4 } };
  },
};
