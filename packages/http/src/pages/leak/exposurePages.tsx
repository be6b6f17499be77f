import { exposurePage as fileOf, ReportHead, ReportSections, reportTitle } from '@keyturn/pages';
import type { ExposureAnswer, RuleAnswer } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import { Exposure } from '../../codecs/supportAnswers';
import { requestProblem } from '../../problems/problem';
import { refuseUnlessInAll } from '../../guards/admission';
import { instantAgain } from '../frame/filters';
import { PASTED } from '../frame/form';
import { keptText, type Failed, type Page, type View, type Visit } from '../frame/page';
import { casePath, keyOf, keyPath } from '../keys/keysOf';
import { ActionForm, Choice, TextArea } from '../parts/fields';
import { FailedNote } from '../parts/note';
import { PasteField } from '../parts/pasteField';
import { TimeField } from '../parts/timeField';
import { WORDS } from '../words/words';
import {
  askedIn,
  askedInForm,
  asMade,
  exposureOf,
  reportParts,
  USAGE_AGAIN,
  type AskedExposure,
} from './askedExposure';
import { writtenIn } from './known';
import { caseOf } from './ofCase';

const { exposure: WORDING } = WORDS;

/** The answer is for one key and one window: what was asked goes up again with what is done about it. */
const AsAsked = ({ asked }: { readonly asked: AskedExposure }) => (
  <>
    <input type="hidden" name="since" value={asked.since} />
    <input type="hidden" name="until" value={asked.until} />
    {asked.habits && <input type="hidden" name="habits" value="true" />}
    {asked.usage !== '' && <input type="hidden" name={USAGE_AGAIN} value={encodeURIComponent(asked.usage)} />}
  </>
);

interface ShownParts {
  readonly visit: Visit;
  readonly keyId: string;
  readonly asked: AskedExposure;
  readonly failed: Failed | null;
}

/** Where else a secret is on file is told to those alone who may look there. */
const isForAll = ({ identity, may }: Visit): boolean => identity.workspaces === 'all' && may('FindKeys');

const WindowForm = ({ visit, keyId, asked, failed }: ShownParts) => (
  <details open={failed !== null}>
    <summary>{WORDING.window}</summary>
    <ActionForm visit={visit} action={keyPath(visit, keyId, '/leak/exposure')} class="form">
      <TimeField name="since" label={WORDING.since} hint={WORDING.sinceHint} at={instantAgain(asked.since)} />
      <TimeField name="until" label={WORDING.until} hint={WORDING.untilHint} at={instantAgain(asked.until)} />
      <Choice
        name="habits"
        value="true"
        label={WORDING.habits}
        hint={WORDING.habitsHint}
        isChecked={asked.habits}
      />
      {isForAll(visit) && <PasteField label={WORDING.pasted} hint={WORDING.pastedHint} required={false} />}
      <TextArea name="usage" label={WORDING.usage} hint={WORDING.usageHint} value={asked.usage} />
      <div class="buttons">
        <button type="submit" class="first">
          {WORDING.submit}
        </button>
      </div>
    </ActionForm>
  </details>
);

const Files = ({ visit, keyId, asked }: ShownParts) => (
  <>
    <h2>{WORDING.files}</h2>
    <ActionForm visit={visit} action={keyPath(visit, keyId, '/leak/exposure-file')} isDownload={true}>
      <AsAsked asked={asked} />
      <div class="buttons">
        <button type="submit" name="as" value="html">
          {WORDING.html}
        </button>
        <button type="submit" name="as" value="json">
          {WORDING.json}
        </button>
      </div>
    </ActionForm>
  </>
);

/** What the workspace's own log may say: nothing of other workspaces. */
const foundIn = ({ rules }: ExposureAnswer): ReadonlyArray<RuleAnswer['rule']> =>
  rules.flatMap(({ rule, state }) => (state === 'found' && rule !== 'same-secret-elsewhere' ? [rule] : []));

const fieldOf = (rule: RuleAnswer['rule']): string => `explained-${rule}`;

const ReviewForm = ({
  visit,
  keyId,
  asked,
  failed,
  report,
}: ShownParts & { readonly report: ExposureAnswer }) => {
  const found = foundIn(report);
  return (
    <section aria-labelledby="your-review">
      <h2 id="your-review">{WORDING.review}</h2>
      <p>{WORDING.reviewLead(report.uses.length)}</p>
      <ActionForm visit={visit} action={keyPath(visit, keyId, '/leak/review')} class="form">
        <AsAsked asked={asked} />
        <input type="hidden" name="found" value={found.join(' ')} />
        {found.length > 0 && (
          <fieldset>
            <legend>{WORDING.explained}</legend>
            {found.map((rule) => (
              <Choice
                name={fieldOf(rule)}
                value="true"
                label={<code>{rule}</code>}
                isChecked={keptText(failed, fieldOf(rule)) === 'true'}
              />
            ))}
          </fieldset>
        )}
        <TextArea name="note" label={WORDING.note} hint={WORDING.noteHint} value={keptText(failed, 'note')} />
        <div class="buttons">
          <button type="submit" class="first">
            {WORDING.submitReview}
          </button>
        </div>
      </ActionForm>
    </section>
  );
};

/** The report as its file has it, with what can be done about it. */
const reportView = async (
  visit: Visit,
  report: ExposureAnswer,
  asked: AskedExposure,
  failed: Failed | null,
): Promise<View> => {
  const { keyId } = report.key;
  const parts = await reportParts(visit, report);
  const made = asMade(report.window, asked);
  const { caseId } = visit;
  return {
    title: reportTitle(report),
    screen: 'leaks',
    body: (
      <>
        {caseId !== null && (
          <p>
            <a href={casePath(visit, caseId)}>{WORDS.leakCase.title(caseId)}</a>
          </p>
        )}
        <FailedNote failed={failed} />
        <div class="report" data-utc="">
          <ReportHead report={report} />
          <WindowForm visit={visit} keyId={keyId} asked={asked} failed={failed} />
          <ReportSections {...parts} />
        </div>
        <Files visit={visit} keyId={keyId} asked={made} failed={failed} />
        {parts.leakCase !== null && parts.leakCase !== undefined && visit.may('RecordLeakReview') && (
          <ReviewForm visit={visit} keyId={keyId} asked={made} failed={failed} report={report} />
        )}
      </>
    ),
  };
};

/** What was asked came to nothing: the usual report is shown, and the form as it was sent. */
const shownAgain = async (visit: Visit, failed: Failed): Promise<View> => {
  const asked = askedIn((name) => keptText(failed, name));
  const report = await exposureOf(
    visit,
    await keyOf(visit),
    askedIn(() => ''),
  );
  return reportView(visit, report, asked, failed);
};

/** What a key was used for, and what of that is anomalous. */
export const exposurePage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/exposure',
  permission: 'ReadAudit',
  isLarge: true,
  show: async (visit, failed) => {
    if (failed !== null) return shownAgain(visit, failed);
    const asked = askedIn((name) => visit.query.get(name) ?? '');
    return reportView(visit, await exposureOf(visit, await keyOf(visit), asked), asked, null);
  },
  act: async (visit, form) => {
    const asked = askedInForm(form);
    const pasted = form.text(PASTED) === '' ? undefined : form.text(PASTED);
    if (pasted !== undefined) refuseUnlessInAll(visit.identity, 'FindKeys');
    return reportView(visit, await exposureOf(visit, await keyOf(visit), asked, pasted), asked, null);
  },
};

/** What comes of a form that the report's page has: a page of its own there is only where it failed. */
const reportOrAgain: NonNullable<Page['show']> = async (visit, failed) =>
  failed === null
    ? { to: keyPath(visit, visit.params['keyId'] ?? '', '/leak/exposure'), notice: null }
    : shownAgain(visit, failed);

/** The same as a file. */
export const exposureFilePage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/exposure-file',
  permission: 'ReadAudit',
  isLarge: true,
  show: reportOrAgain,
  act: async (visit, form) => {
    const key = await keyOf(visit);
    const report = await exposureOf(visit, key, askedInForm(form));
    const file = `exposure-${key.last4}-${key.keyId.slice(0, 8)}`;
    if (form.text('as') === 'json') {
      const text = `${JSON.stringify(Exposure.encode(report), null, 2)}\n`;
      return { file: `${file}.json`, type: 'application/json', text };
    }
    const text = fileOf({ ...(await reportParts(visit, report)), madeAt: visit.now });
    return { file: `${file}.html`, type: 'text/html', text };
  },
};

/** Who looked at what, and what came of it. What is recorded is what was shown. */
export const reviewPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/leak/review',
  permission: 'RecordLeakReview',
  isLarge: true,
  show: reportOrAgain,
  act: async (visit, form) => {
    const key = await keyOf(visit);
    const caseId = caseOf(visit);
    const report = await exposureOf(visit, key, askedInForm(form));
    const found = foundIn(report);
    if (found.join(' ') !== form.text('found')) throw requestProblem('precondition-failed');
    const explained = found.filter((rule) => form.has(fieldOf(rule)));
    const input = {
      keyId: key.keyId,
      caseId,
      from: report.window.since,
      until: report.window.until,
      uses: report.uses.length,
      explained,
      unexplained: found.filter((rule) => !explained.includes(rule)),
      note: writtenIn(form, 'note'),
    };
    await askStepUp(visit, 'RecordLeakReview', input);
    await visit.keyturn.support.reviewed(visit.ctx, input, { idempotencyKey: form.text('act') });
    return { to: casePath(visit, caseId), notice: { code: 'leak-reviewed', about: key.last4 } };
  },
};
