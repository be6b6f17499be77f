import { isKeyturnError, type FindKeysInput, type FoundKeys, type KnownKey } from 'keyturn';
import { filterOf } from '../frame/filters';
import { PASTED, type Form } from '../frame/form';
import type { Failed, Page, View, Visit } from '../frame/page';
import { pageProblem } from '../frame/pageProblem';
import { ActionForm, Field } from '../parts/fields';
import { FailedNote } from '../parts/note';
import { PasteField } from '../parts/pasteField';
import { underCase } from '../keys/keysOf';
import { WORDS } from '../words/words';
import { Found, KeyRows } from './foundKeys';

const { leaks: WORDING } = WORDS;

const find = async ({ keyturn, ctx, workspaceId }: Visit, input: FindKeysInput): Promise<FoundKeys> =>
  keyturn.support.find(workspaceId === '' ? { actor: ctx.actor } : ctx, input);

/** What the address asks for; null for nothing. @throws ProblemError `nothing-to-find` for both at once */
const askedOf = (visit: Visit): FindKeysInput | null => {
  const [last4, keyId, cursor] = ['last4', 'keyId', 'cursor'].map((name) => filterOf(visit, name));
  if (last4 !== undefined && keyId !== undefined) throw pageProblem('nothing-to-find');
  if (keyId !== undefined) return { keyId };
  return last4 === undefined ? null : { last4, ...(cursor === undefined ? {} : { cursor }) };
};

/** Keys of the workspace that were reported; none where its keys may not be listed. */
const reported = async ({ keyturn, ctx, workspaceId, may }: Visit): Promise<ReadonlyArray<KnownKey>> => {
  if (workspaceId === '' || !may('ListKeys')) return [];
  try {
    const keys = await keyturn.keys.list(ctx, { includeHardDeleted: true });
    return keys.filter(({ leakCases }) => leakCases.length > 0);
  } catch (error) {
    if (isKeyturnError(error) && error.code === 'not-permitted') return [];
    throw error;
  }
};

const UnderCase = ({ visit }: { readonly visit: Visit }) =>
  visit.caseId === null ? <></> : <input type="hidden" name="case" value={visit.caseId} />;

const Forms = ({ visit }: { readonly visit: Visit }) => (
  <div class="ways">
    <section aria-labelledby="by-value">
      <h2 id="by-value">{WORDING.byValue}</h2>
      <ActionForm visit={visit} action={underCase(visit, '/leaks')}>
        <PasteField label={WORDING.pasted} hint={WORDING.pastedHint} />
        <div class="buttons">
          <button type="submit" class="first">
            {WORDING.findByValue}
          </button>
        </div>
      </ActionForm>
    </section>
    <section aria-labelledby="by-ending">
      <h2 id="by-ending">{WORDING.byEnding}</h2>
      <form method="get" action={visit.here('/leaks')} autocomplete="off">
        <UnderCase visit={visit} />
        <Field name="last4" label={WORDING.last4} value={filterOf(visit, 'last4') ?? ''} maxlength={4} />
        <Field
          name="keyId"
          label={WORDING.keyId}
          hint={WORDING.keyIdHint}
          value={filterOf(visit, 'keyId') ?? ''}
        />
        <div class="buttons">
          <button type="submit">{WORDING.find}</button>
        </div>
      </form>
    </section>
    {visit.may('ReadAudit') && (
      <section aria-labelledby="open-case">
        <h2 id="open-case">{WORDING.openCase}</h2>
        <form method="get" action={visit.here('/leaks/case')} autocomplete="off">
          <Field name="case" label={WORDING.case} hint={WORDING.caseHint} value={visit.caseId ?? ''} />
          <div class="buttons">
            <button type="submit">{WORDING.open}</button>
          </div>
        </form>
      </section>
    )}
  </div>
);

/** What was asked for first: a key is found, or a case opened, in one of three ways. */
const leaksView = async (visit: Visit, failed: Failed | null, found: FoundKeys | null): Promise<View> => {
  const keys = await reported(visit);
  const title = visit.workspaceId === '' ? WORDING.titleOfAll : WORDING.title;
  return {
    title,
    screen: 'leaks',
    body: (
      <>
        <h1>{title}</h1>
        <p class="soft">{visit.caseId === null ? WORDING.lead : WORDING.under(visit.caseId)}</p>
        <FailedNote failed={failed} />
        {found !== null && <Found found={found} visit={visit} />}
        <Forms visit={visit} />
        {keys.length > 0 && <KeyRows keys={keys} caption={WORDING.cases} visit={visit} />}
        {visit.workspaceId !== '' && visit.identity.workspaces === 'all' && (
          <p>
            <a href={visit.at('/leaks')}>{WORDING.all}</a>
          </p>
        )}
      </>
    ),
  };
};

const show = async (visit: Visit, failed: Failed | null): Promise<View> => {
  const asked = failed === null ? askedOf(visit) : null;
  return leaksView(visit, failed, asked === null ? null : await find(visit, asked));
};

/** By its value. The answer is made of the form itself, since no address may hold what was pasted. */
const act = async (visit: Visit, form: Form): Promise<View> =>
  leaksView(visit, null, await find(visit, { pasted: form.text(PASTED) }));

/** Where leak review begins, in one workspace. */
export const leaksPage: Page = {
  path: '/workspaces/:workspaceId/leaks',
  permission: 'FindKeys',
  show,
  act,
};

/** The same for who gives support to all. */
export const allLeaksPage: Page = { path: '/leaks', permission: 'FindKeys', isForAll: true, show, act };
