import type { Action, KnownKey } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import type { Page, Visit } from '../frame/page';
import { ActionForm, Cancel, Choice } from '../parts/fields';
import { FailedNote, Note } from '../parts/note';
import { WORDS } from '../words/words';
import { keyOf, keyPath, refusalOf } from './keysOf';

interface LeakActWords {
  readonly title: (last4: string) => string;
  readonly act: string;
  readonly lead: string;
}

/** A page of an act that belongs to a leak case: which case is chosen there. */
const leakActPage = ({
  path,
  name,
  permission,
  words,
  notice,
}: {
  readonly path: 'suspend' | 'reinstate';
  readonly name: 'suspend' | 'reinstate';
  readonly permission: Action;
  readonly words: LeakActWords;
  readonly notice: string;
}): Page => {
  const refused = async (
    { keyturn, ctx }: Visit,
    { keyId, leakCases: [caseId] }: KnownKey,
  ): Promise<{ readonly message: string } | null> =>
    caseId === undefined
      ? { message: WORDS.suspend.notReported }
      : refusalOf(() => keyturn.support[name](ctx, { keyId, caseId }, { dryRun: true }));
  return {
    path: `/workspaces/:workspaceId/keys/:keyId/${path}`,
    permission,
    show: async (visit, failed) => {
      const key = await keyOf(visit);
      const refusal = await refused(visit, key);
      const title = words.title(key.last4);
      return {
        title,
        screen: 'keys',
        body: (
          <>
            <h1>{title}</h1>
            <FailedNote failed={failed} />
            <div data-dialog-body="">
              <p>{words.lead}</p>
              {refusal === null ? (
                <ActionForm visit={visit} action={keyPath(visit, key.keyId, `/${path}`)} class="form">
                  <fieldset>
                    <legend>{WORDS.suspend.case}</legend>
                    {key.leakCases.map((caseId, place) => (
                      <Choice
                        kind="radio"
                        name="caseId"
                        value={caseId}
                        label={caseId}
                        isChecked={place === 0}
                      />
                    ))}
                  </fieldset>
                  <div class="buttons">
                    <Cancel to={keyPath(visit, key.keyId)} isFirst={true} />
                    <button type="submit" class="danger">
                      {words.act}
                    </button>
                  </div>
                </ActionForm>
              ) : (
                <Note tone="bad">
                  <p>{refusal.message}</p>
                  <p class="buttons">
                    <Cancel to={keyPath(visit, key.keyId)} />
                  </p>
                </Note>
              )}
            </div>
          </>
        ),
      };
    },
    act: async (visit, form) => {
      const { keyId, last4 } = await keyOf(visit);
      const input = { keyId, caseId: form.text('caseId') };
      await askStepUp(visit, permission, input);
      await visit.keyturn.support[name](visit.ctx, input, { idempotencyKey: form.text('act') });
      return { to: keyPath(visit, keyId), notice: { code: notice, about: last4 } };
    },
  };
};

export const suspendPage = leakActPage({
  path: 'suspend',
  name: 'suspend',
  permission: 'SuspendKey',
  words: WORDS.suspend,
  notice: 'key-suspended',
});

export const reinstatePage = leakActPage({
  path: 'reinstate',
  name: 'reinstate',
  permission: 'ReinstateKey',
  words: WORDS.reinstate,
  notice: 'key-reinstated',
});
