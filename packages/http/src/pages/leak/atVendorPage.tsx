import { vendorProfiles, type FoundAtVendor, type KeyAtVendor, type RevokedAtVendor } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import { requestProblem, type ProblemError } from '../../problems/problem';
import { PASTED, type Form } from '../frame/form';
import { keptText, type Failed, type Onward, type Page, type View, type Visit } from '../frame/page';
import { pageProblem } from '../frame/pageProblem';
import { casePath, keyOf, keyPath, refusalOf } from '../keys/keysOf';
import { ActionForm, Choice, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { Note } from '../parts/note';
import { PasteField } from '../parts/pasteField';
import { Text, Time } from '../parts/text';
import { WORDS } from '../words/words';
import { writtenIn } from './known';
import { caseOf, standingOf } from './ofCase';

const { atVendor: WORDING } = WORDS;

/** Whether a vendor's own calls are a way: the service takes such credentials, and the caller may have one. */
export const isAtVendorOffered = ({ options, may, identity }: Visit, vendor: string): boolean =>
  options.allowVendorAdminCredentials === true &&
  identity.actor.kind !== 'support' &&
  may('RevokeAtVendor') &&
  vendorProfiles().some((profile) => profile.vendor === vendor && profile.admin !== null);

/** @throws ProblemError `admin-credentials-not-taken` */
const refuseUntaken = ({ options }: Visit): void => {
  if (options.allowVendorAdminCredentials !== true) throw requestProblem('admin-credentials-not-taken');
};

/** What a person tells the keys of a vendor's list apart by. */
const Listed = ({ of }: { readonly of: KeyAtVendor }) => (
  <>
    <code>{of.hint ?? of.vendorKeyId}</code>
    {of.name !== null && (
      <>
        {`, ${WORDING.facts.name} `}
        <Text>{of.name}</Text>
      </>
    )}
    {of.createdAt !== null && (
      <>
        {`, ${WORDING.facts.created} `}
        <Time at={of.createdAt} />
      </>
    )}
    {of.lastUsedAt !== null && (
      <>
        {`, ${WORDING.facts.lastUsed} `}
        <Time at={of.lastUsedAt} />
      </>
    )}
    {of.owner !== null && (
      <>
        {`, ${WORDING.facts.owner} `}
        <Text>{of.owner}</Text>
      </>
    )}
    {`, ${of.status}: ${WORDING.fits[of.fits]}`}
  </>
);

const Choices = ({ found }: { readonly found: FoundAtVendor }) => (
  <>
    <p>{WORDING.counted(found.vendorName, found.listed, found.keys.length)}</p>
    {found.keys.length === 0 ? (
      <Note tone="bad">
        <p>{WORDING.none}</p>
      </Note>
    ) : (
      <fieldset>
        <legend>{WORDING.which}</legend>
        {found.keys.map((key, place) => (
          <Choice
            kind="radio"
            name="vendorKeyId"
            value={key.vendorKeyId}
            label={<Listed of={key} />}
            isChecked={place === 0 && key.fits === 'hint'}
          />
        ))}
      </fieldset>
    )}
  </>
);

interface AtVendorShown {
  readonly failed: Failed | null;
  readonly found: FoundAtVendor | null;
  readonly place: string;
}

const atVendorView = async (visit: Visit, { failed, found, place }: AtVendorShown): Promise<View> => {
  refuseUntaken(visit);
  const { keyId, last4 } = await keyOf(visit);
  const caseId = caseOf(visit);
  const { atVendor } = visit.keyturn.support;
  const refusal = await refusalOf(() => atVendor.how(visit.ctx, { keyId, caseId }));
  const how = refusal === null ? await atVendor.how(visit.ctx, { keyId, caseId }) : null;
  const { openRuns: runs = [] } = (await standingOf(visit, keyId)) ?? {};
  const isChosen = found !== null && found.keys.length > 0;
  return formView({
    visit,
    title: WORDING.title(last4),
    failed,
    refusal,
    back: casePath(visit, caseId),
    children: how !== null && (
      <>
        {runs.length > 0 && (
          <Note tone="bad">
            <p>{WORDS.revokeLeaked.fail(runs)}</p>
          </Note>
        )}
        <p>
          {WORDING.takes(how.credential.replaceAll('`', ''))}{' '}
          <a href={how.credentialPage} rel="noreferrer noopener" target="_blank">
            {WORDING.madeAt}
          </a>
        </p>
        {how.only !== null && <p>{WORDING.only(how.only)}</p>}
        <p>{how.undo === null ? WORDING.noUndo : WORDING.undo(how.undo.replaceAll('`', ''))}</p>
        <ActionForm visit={visit} action={keyPath(visit, keyId, '/leak/at-vendor')} class="form">
          {found !== null && <Choices found={found} />}
          <PasteField
            label={WORDING.credential}
            hint={found === null && failed === null ? WORDING.credentialHint : WORDING.again}
          />
          <Field name="place" label={WORDING.place} hint={how.place ?? WORDING.placeHint} value={place} />
          <SendOrCancel
            name={isChosen ? WORDING.submit : WORDING.find}
            cancel={casePath(visit, caseId)}
            isFinal={isChosen}
          />
        </ActionForm>
      </>
    ),
  });
};

/** Why nothing is known to be revoked. */
const PROBLEMS: {
  readonly [O in Exclude<RevokedAtVendor['outcome'], 'revoked' | 'already-inactive'>]: (
    revoked: RevokedAtVendor,
  ) => ProblemError;
} = {
  'not-found': () => pageProblem('not-at-vendor'),
  'not-revocable': ({ instead }) => pageProblem('not-revocable-there', instead ?? ''),
  unavailable: ({ reason }) => pageProblem('no-answer-there', reason ?? ''),
};

/** @throws ProblemError where nothing is known to be revoked */
const codeOf = (revoked: RevokedAtVendor): string => {
  const { outcome, dead, killCheckSays } = revoked;
  if (outcome === 'already-inactive') return dead ? 'vendor-inactive-dead' : 'vendor-inactive';
  if (outcome !== 'revoked') throw PROBLEMS[outcome](revoked);
  if (killCheckSays === 'alive' || killCheckSays === 'alive-unfunded') return 'vendor-revoked-alive';
  return dead ? 'vendor-revoked-dead' : 'vendor-revoked';
};

const revoked = async (visit: Visit, form: Form): Promise<View | Onward> => {
  refuseUntaken(visit);
  const { keyId, last4 } = await keyOf(visit);
  const caseId = caseOf(visit);
  await askStepUp(visit, 'RevokeAtVendor', { keyId, caseId });
  const { atVendor } = visit.keyturn.support;
  const place = writtenIn(form, 'place');
  const input = { keyId, caseId, adminCredential: form.text(PASTED), place };
  const vendorKeyId = form.text('vendorKeyId');
  if (vendorKeyId === '') {
    const found = await atVendor.find(visit.ctx, input, { signal: visit.request.signal });
    return atVendorView(visit, { failed: null, found, place: form.kept.get('place') ?? '' });
  }
  // Once begun it goes to its end, whoever still listens.
  const done = await atVendor.revoke(visit.ctx, { ...input, vendorKeyId });
  return { to: casePath(visit, caseId), notice: { code: codeOf(done), about: last4 } };
};

/** Revokes a key through its vendor's own calls. The credential goes up once for each step, and is kept nowhere. */
export const atVendorPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/at-vendor',
  permission: 'RevokeAtVendor',
  show: (visit, failed) => atVendorView(visit, { failed, found: null, place: keptText(failed, 'place') }),
  act: revoked,
};
