import type { RecordRevocationInput } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import { instantAgain, instantOf } from '../frame/filters';
import { keptText, type Failed, type Page, type Visit } from '../frame/page';
import { casePath, keyOf, keyPath } from '../keys/keysOf';
import { RevokeAtVendor } from '../keys/vendorSteps';
import { ActionForm, Choice, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { Note } from '../parts/note';
import { TimeField } from '../parts/timeField';
import { WORDS } from '../words/words';
import { isAtVendorOffered } from './atVendorPage';
import { Known, knownIn, writtenIn } from './known';
import { caseOf, standingOf } from './ofCase';

const { revokeLeaked: WORDING } = WORDS;

type ByHand = keyof typeof WORDING.ways;
const WAYS: ReadonlyArray<ByHand> = ['console', 'told'];

const RecordForm = ({
  visit,
  keyId,
  failed,
}: {
  readonly visit: Visit;
  readonly keyId: string;
  readonly failed: Failed | null;
}) => (
  <ActionForm visit={visit} action={keyPath(visit, keyId, '/leak/revoke')} class="form">
    <fieldset>
      <legend>{WORDING.how}</legend>
      {WAYS.map((way) => (
        <Choice
          kind="radio"
          name="how"
          value={way}
          label={WORDING.ways[way]}
          isChecked={
            way === keptText(failed, 'how', visit.identity.actor.kind === 'user' ? 'console' : 'told')
          }
        />
      ))}
    </fieldset>
    <Field
      name="revokedBy"
      label={WORDING.by}
      hint={WORDING.byHint}
      value={keptText(failed, 'revokedBy')}
      maxlength={500}
    />
    <TimeField
      name="revokedAt"
      label={WORDING.at}
      hint={WORDING.atHint}
      at={instantAgain(keptText(failed, 'revokedAt'))}
    />
    <Known name="undo" label={WORDING.undo} failed={failed} />
    <SendOrCancel name={WORDING.submit} cancel={casePath(visit, caseOf(visit))} />
  </ActionForm>
);

/** By hand: the vendor's own clicks, and then what somebody says of them. */
export const revokePage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/revoke',
  permission: 'RecordRevocation',
  show: async (visit, failed) => {
    const { keyId, last4, vendor } = await keyOf(visit);
    const caseId = caseOf(visit);
    const { openRuns: runs = [] } = (await standingOf(visit, keyId)) ?? {};
    return formView({
      visit,
      title: WORDING.title(last4),
      failed,
      back: casePath(visit, caseId),
      children: (
        <>
          {runs.length > 0 && (
            <Note tone="bad">
              <p>{WORDING.fail(runs)}</p>
            </Note>
          )}
          <RevokeAtVendor keyturn={visit.keyturn} vendor={vendor} last4={last4} why={WORDING.why} />
          {isAtVendorOffered(visit, vendor) && (
            <p>
              <a href={keyPath(visit, keyId, '/leak/at-vendor')}>{WORDING.through}</a>
              {`. ${WORDING.throughHint}`}
            </p>
          )}
          <h2>{WORDING.record}</h2>
          <p>{WORDING.recordLead}</p>
          <RecordForm visit={visit} keyId={keyId} failed={failed} />
        </>
      ),
    });
  },
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    const caseId = caseOf(visit);
    const input: RecordRevocationInput = {
      keyId,
      caseId,
      how: form.text('how') === 'console' ? 'console' : 'told',
      revokedBy: writtenIn(form, 'revokedBy'),
      revokedAt: instantOf('revokedAt', form.text('revokedAt')) ?? visit.now,
      undo: knownIn(form, 'undo'),
    };
    await askStepUp(visit, 'RecordRevocation', input);
    await visit.keyturn.support.recordRevocation(visit.ctx, input, { idempotencyKey: form.text('act') });
    return { to: casePath(visit, caseId), notice: { code: 'revocation-recorded', about: last4 } };
  },
};
