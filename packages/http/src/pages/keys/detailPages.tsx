import { keptText, type Page } from '../frame/page';
import { ActionForm, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { dayText } from '../parts/text';
import { WORDS } from '../words/words';
import { dayOf } from './days';
import { keyOf, keyPath } from './keysOf';

/** A key's label. */
export const labelPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/label',
  permission: 'RelabelKey',
  show: async (visit, failed) => {
    const { keyId, last4, label } = await keyOf(visit);
    return formView({
      visit,
      title: WORDS.rename.title(last4),
      failed,
      back: keyPath(visit, keyId),
      children: (
        <ActionForm visit={visit} action={keyPath(visit, keyId, '/label')} class="form">
          <Field
            name="label"
            label={WORDS.add.label}
            hint={WORDS.add.labelHint}
            value={keptText(failed, 'label', label ?? '')}
            maxlength={200}
          />
          <SendOrCancel name={WORDS.rename.submit} cancel={keyPath(visit, keyId)} />
        </ActionForm>
      ),
    });
  },
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    const label = form.text('label').trim();
    await visit.keyturn.keys.relabel(
      visit.ctx,
      { keyId, label: label === '' ? null : label },
      { idempotencyKey: form.text('act') },
    );
    return { to: keyPath(visit, keyId), notice: { code: 'key-renamed', about: last4 } };
  },
};

/** When a key is to be replaced. */
export const expiryPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/expiry',
  permission: 'SetKeyExpiry',
  show: async (visit, failed) => {
    const { keyId, last4, expiresAt } = await keyOf(visit);
    return formView({
      visit,
      title: WORDS.expiry.title(last4),
      failed,
      lead: WORDS.expiry.lead,
      back: keyPath(visit, keyId),
      children: (
        <ActionForm visit={visit} action={keyPath(visit, keyId, '/expiry')} class="form">
          <Field
            name="expiresAt"
            type="date"
            label={WORDS.add.expires}
            hint={WORDS.add.expiresHint}
            value={keptText(failed, 'expiresAt', expiresAt === null ? '' : dayText(expiresAt))}
          />
          <SendOrCancel name={WORDS.expiry.submit} cancel={keyPath(visit, keyId)} />
        </ActionForm>
      ),
    });
  },
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    const expiresAt = dayOf(form.text('expiresAt'));
    await visit.keyturn.keys.setExpiry(visit.ctx, { keyId, expiresAt }, { idempotencyKey: form.text('act') });
    return { to: keyPath(visit, keyId), notice: { code: 'expiry-set', about: last4 } };
  },
};
