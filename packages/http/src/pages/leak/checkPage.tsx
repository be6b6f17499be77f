import type { KillCheckAnswer } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import { PASTED } from '../frame/form';
import type { Page } from '../frame/page';
import { casePath, keyOf, keyPath } from '../keys/keysOf';
import { ActionForm, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { PasteField } from '../parts/pasteField';
import { WORDS } from '../words/words';
import { caseOf } from './ofCase';

const { check: WORDING } = WORDS;

/** What a kill check is told with. */
const codeOf = ({ says, dead, counts }: KillCheckAnswer): string => {
  if (dead) return 'check-dead';
  if (says !== 'dead') return `check-${says}`;
  return counts ? 'check-refused' : 'check-refused-uncounted';
};

/** Asks the vendor once. The bytes of a key that is destroyed come from whoever has them, and are kept nowhere. */
export const checkPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/check',
  permission: 'RecordKillCheck',
  show: async (visit, failed) => {
    const { keyId, last4, hardDeleted } = await keyOf(visit);
    const back = casePath(visit, caseOf(visit));
    const action = keyPath(visit, keyId, '/leak/check');
    return formView({
      visit,
      title: WORDING.title(last4),
      failed,
      lead: WORDING.lead,
      back,
      children: (
        <>
          <ActionForm visit={visit} action={action} class="form">
            {hardDeleted && <PasteField label={WORDING.pasted} hint={WORDING.pastedHint} />}
            <SendOrCancel name={WORDING.submit} cancel={back} />
          </ActionForm>
          {hardDeleted && (
            <ActionForm visit={visit} action={action} class="form">
              <div class="buttons">
                <button type="submit" aria-describedby="nobody">
                  {WORDING.nobody}
                </button>
              </div>
              <p class="hint" id="nobody">
                {WORDING.nobodyHint}
              </p>
            </ActionForm>
          )}
        </>
      ),
    });
  },
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    const caseId = caseOf(visit);
    await askStepUp(visit, 'RecordKillCheck', { keyId, caseId });
    const pasted = form.text(PASTED);
    const checked = await visit.keyturn.support.check(visit.ctx, {
      keyId,
      caseId,
      ...(pasted === '' ? {} : { pasted }),
    });
    return { to: casePath(visit, caseId), notice: { code: codeOf(checked), about: last4 } };
  },
};
