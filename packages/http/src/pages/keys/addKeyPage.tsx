import { vendorProfiles, type KeyAddition } from 'keyturn';
import { patienceOf, withPatience } from '../../api/withPatience';
import { PASTED, type Form } from '../frame/form';
import { keptText, type Failed, type Page, type Visit } from '../frame/page';
import { ActionForm, Choice, Field, SendOrCancel } from '../parts/fields';
import { FailedNote } from '../parts/note';
import { PasteField } from '../parts/pasteField';
import { WORDS } from '../words/words';
import { dayOf } from './days';
import { backTo, casePath, underCase } from './keysOf';

const { add: WORDING } = WORDS;
const WHERE = ['endpoint', 'region', 'model'] as const;

const VendorField = ({ visit, failed }: { readonly visit: Visit; readonly failed: Failed | null }) => {
  const chosen = keptText(failed, 'vendor', visit.query.get('vendor') ?? '');
  return (
    <div class="field">
      <label for="vendor">{WORDING.vendor}</label>
      <select id="vendor" name="vendor" required data-vendors="">
        <option value="">{WORDING.choose}</option>
        {visit.keyturn.vendors.list().map(({ vendor, name }) => (
          <option value={vendor} selected={vendor === chosen}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
};

/** What only some vendors' keys come with. */
const WhereFields = ({ failed }: { readonly failed: Failed | null }) => {
  const profiles = vendorProfiles();
  return (
    <details data-where="" open={failed !== null && WHERE.some((name) => keptText(failed, name) !== '')}>
      <summary>{WORDING.where}</summary>
      {WHERE.map((name) => {
        const needing = profiles.filter(({ needs }) => needs.includes(name));
        return (
          <div data-needs={needing.map(({ vendor }) => vendor).join(' ')}>
            <Field
              name={name}
              label={WORDING[name]}
              hint={WORDING.needs(needing.map((profile) => profile.name))}
              value={keptText(failed, name)}
            />
          </div>
        );
      })}
    </details>
  );
};

/** What would let a paste pass that was refused. */
const Remedies = ({ failed }: { readonly failed: Failed | null }) => {
  const next = failed?.problem.next ?? [];
  return (
    <>
      {next.includes('allow-cleaning') && (
        <Choice name="clean" value="true" label={WORDING.clean} hint={WORDING.cleanHint} isChecked={true} />
      )}
      {next.includes('confirm-vendor') && (
        <Choice name="vendorIsCertain" value="true" label={WORDING.vendorIsCertain} />
      )}
      {next.includes('confirm-key') && (
        <Choice name="keyIsCertain" value="true" label={WORDING.keyIsCertain} />
      )}
    </>
  );
};

const orNone = (text: string): string | null => (text.trim() === '' ? null : text.trim());

const added = async (visit: Visit, form: Form): Promise<KeyAddition> => {
  const { keyturn, ctx, options } = visit;
  const input = {
    vendor: form.text('vendor'),
    pasted: form.text(PASTED),
    label: orNone(form.text('label')),
    expiresAt: dayOf(form.text('expiresAt')),
    endpoint: orNone(form.text('endpoint')),
    region: orNone(form.text('region')),
    model: orNone(form.text('model')),
    clean: form.has('clean'),
    vendorIsCertain: form.has('vendorIsCertain'),
    keyIsCertain: form.has('keyIsCertain'),
  };
  const idempotencyKey = form.text('act');
  return withPatience(
    {
      act: () => keyturn.keys.add(ctx, input, { idempotencyKey }),
      isRecorded: async () =>
        (await keyturn.keys.add(ctx, input, { idempotencyKey, dryRun: true })).events.length === 0,
    },
    patienceOf(options),
  );
};

const noticeOf = ({ becameDefault, formatWarning }: KeyAddition): string => {
  if (formatWarning !== null) return 'key-added-odd';
  return becameDefault ? 'key-added-default' : 'key-added';
};

/** "Open Settings → Keys and click Add key. Paste the new key." */
export const addKeyPage: Page = {
  path: '/workspaces/:workspaceId/keys/new',
  permission: 'AddKey',
  show: async (visit, failed) => ({
    title: WORDING.title,
    screen: visit.caseId === null ? 'keys' : 'leaks',
    body: (
      <>
        <h1>{WORDING.title}</h1>
        <FailedNote failed={failed} />
        {visit.caseId !== null && <p class="soft">{WORDS.leaks.under(visit.caseId)}</p>}
        <ActionForm visit={visit} action={underCase(visit, '/keys/new')} class="form">
          <VendorField visit={visit} failed={failed} />
          <WhereFields failed={failed} />
          <PasteField
            label={WORDING.pasted}
            hint={failed === null ? WORDING.pastedHint : WORDING.again}
            advice={WORDING.save}
          />
          <Remedies failed={failed} />
          <Field
            name="label"
            label={WORDING.label}
            hint={WORDING.labelHint}
            value={keptText(failed, 'label')}
            maxlength={200}
          />
          <Field
            name="expiresAt"
            type="date"
            label={WORDING.expires}
            hint={WORDING.expiresHint}
            value={keptText(failed, 'expiresAt')}
          />
          <SendOrCancel
            name={WORDING.submit}
            cancel={visit.caseId === null ? visit.here('/keys') : casePath(visit, visit.caseId)}
          />
        </ActionForm>
      </>
    ),
  }),
  act: async (visit, form) => {
    const addition = await added(visit, form);
    const { keyId, last4 } = addition.key;
    return { to: backTo(visit, keyId), notice: { code: noticeOf(addition), about: last4 } };
  },
};
