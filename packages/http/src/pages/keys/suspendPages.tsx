import type { Action, KnownKey } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import type { Page, Visit } from '../frame/page';
import { ActionForm, Choice, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { WORDS } from '../words/words';
import { backTo, defaultPlaces, keyOf, keyPath, placesInWords, refusalOf } from './keysOf';

interface LeakActWords {
  readonly title: (last4: string) => string;
  readonly act: string;
  readonly lead: string;
  /** What it does, a line each. */
  readonly would: (key: KnownKey) => ReadonlyArray<string>;
}

/** The case that this is done under, where the key was reported under it; else the first that it was reported under. */
const chosenCase = (
  { caseId }: Pick<Visit, 'caseId'>,
  { leakCases }: Pick<KnownKey, 'leakCases'>,
): string | undefined => (caseId !== null && leakCases.includes(caseId) ? caseId : leakCases[0]);

/** A page of an act that belongs to a leak case: which case is chosen there. */
const leakActPage = ({
  path,
  permission,
  words,
  notice,
}: {
  readonly path: 'suspend' | 'reinstate';
  readonly permission: Action;
  readonly words: LeakActWords;
  readonly notice: string;
}): Page => {
  const refused = async (visit: Visit, key: KnownKey): Promise<{ readonly message: string } | null> => {
    const caseId = chosenCase(visit, key);
    if (caseId === undefined) return { message: WORDS.suspend.notReported };
    return refusalOf(() =>
      visit.keyturn.support[path](visit.ctx, { keyId: key.keyId, caseId }, { dryRun: true }),
    );
  };
  return {
    path: `/workspaces/:workspaceId/keys/:keyId/${path}`,
    permission,
    show: async (visit, failed) => {
      const key = await keyOf(visit);
      const refusal = await refused(visit, key);
      const would = words.would(key);
      return formView({
        visit,
        title: words.title(key.last4),
        failed,
        lead: words.lead,
        refusal,
        back: backTo(visit, key.keyId),
        children: (
          <>
            {would.length > 0 && (
              <ul class="would">
                {would.map((line) => (
                  <li>{line}</li>
                ))}
              </ul>
            )}
            <ActionForm visit={visit} action={keyPath(visit, key.keyId, `/${path}`)} class="form">
              <fieldset>
                <legend>{WORDS.suspend.case}</legend>
                {key.leakCases.map((caseId) => (
                  <Choice
                    kind="radio"
                    name="caseId"
                    value={caseId}
                    label={caseId}
                    isChecked={caseId === chosenCase(visit, key)}
                  />
                ))}
              </fieldset>
              <SendOrCancel name={words.act} cancel={backTo(visit, key.keyId)} isFinal={true} />
            </ActionForm>
          </>
        ),
      });
    },
    act: async (visit, form) => {
      const { keyId, last4 } = await keyOf(visit);
      const input = { keyId, caseId: form.text('caseId') };
      await askStepUp(visit, permission, input);
      await visit.keyturn.support[path](visit.ctx, input, { idempotencyKey: form.text('act') });
      return { to: backTo(visit, keyId), notice: { code: notice, about: last4 } };
    },
  };
};

export const suspendPage = leakActPage({
  path: 'suspend',
  permission: 'SuspendKey',
  words: {
    ...WORDS.suspend,
    would: (key) => [
      WORDS.suspend.noRun(key.last4),
      WORDS.suspend.runs(key.runsInFlight),
      ...(defaultPlaces(key).length === 0 ? [] : [WORDS.suspend.staysDefault(placesInWords(key))]),
      WORDS.suspend.noThief,
    ],
  },
  notice: 'key-suspended',
});

export const reinstatePage = leakActPage({
  path: 'reinstate',
  permission: 'ReinstateKey',
  words: { ...WORDS.reinstate, would: () => [] },
  notice: 'key-reinstated',
});
