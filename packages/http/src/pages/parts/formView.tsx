import type { Child } from 'hono/jsx';
import type { Failed, View, Visit } from '../frame/page';
import { WORDS } from '../words/words';
import { Cancel } from './fields';
import { FailedNote, Note } from './note';

interface FormViewParts {
  readonly visit: Visit;
  readonly title: string;
  readonly failed: Failed | null;
  readonly lead?: Child;
  /** Why there is nothing to be sent, in the refusal's own words; null, or left out, where there is. */
  readonly refusal?: { readonly message: string } | null;
  /** Where somebody goes who does not want this. */
  readonly back: string;
  readonly children?: Child;
}

/** The page of one form: a dialog where there is a script. It says what came of it before, and what refuses it. */
export const formView = ({
  visit,
  title,
  failed,
  lead,
  refusal = null,
  back,
  children,
}: FormViewParts): View => ({
  title,
  screen: visit.caseId === null ? 'keys' : 'leaks',
  body: (
    <>
      <h1>{title}</h1>
      <FailedNote failed={failed} />
      <div data-dialog-body="">
        {visit.caseId !== null && <p class="soft">{WORDS.leaks.under(visit.caseId)}</p>}
        {lead !== undefined && <p>{lead}</p>}
        {refusal === null ? (
          children
        ) : (
          <Note tone="bad">
            <p>{refusal.message}</p>
            <p class="buttons">
              <Cancel to={back} isFirst={true} />
            </p>
          </Note>
        )}
      </div>
    </>
  ),
});
