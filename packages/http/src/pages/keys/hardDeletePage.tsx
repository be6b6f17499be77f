import { isKeyturnError, type Foreseen, type KnownKey } from 'keyturn';
import { askStepUp } from '../../api/askStepUp';
import { keptText, type Failed, type Page, type Visit } from '../frame/page';
import { pageProblem } from '../frame/pageProblem';
import { ActionForm, Choice, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { WORDS } from '../words/words';
import { deletionLines } from './foreseen';
import { ANY_CASE } from './keyActs';
import { backTo, isOnFile, keyName, keyOf, keyPath, successorsOf } from './keysOf';

const { hardDelete: WORDING } = WORDS;

type Rehearsed =
  { readonly foreseen: Foreseen; readonly needsSuccessor: boolean } | { readonly message: string };

/** What it would do. Runs come and go meanwhile: the act itself waits for nothing. */
const rehearse = async (
  { keyturn, ctx }: Visit,
  { keyId }: KnownKey,
  [first]: ReadonlyArray<KnownKey>,
): Promise<Rehearsed> => {
  const input = { keyId, caseId: ANY_CASE };
  const dryRun = { dryRun: true } as const;
  try {
    return { foreseen: await keyturn.keys.hardDelete(ctx, input, dryRun), needsSuccessor: false };
  } catch (error) {
    if (!isKeyturnError(error) || error.kind !== 'refusal') throw error;
    if (error.code !== 'successor-needed' || first === undefined) return { message: error.message };
    const successor = first.keyId;
    return {
      foreseen: await keyturn.keys.hardDelete(ctx, { ...input, successor }, dryRun),
      needsSuccessor: true,
    };
  }
};

interface HardDeleteFormParts {
  readonly visit: Visit;
  readonly of: KnownKey;
  readonly successors: ReadonlyArray<KnownKey>;
  readonly failed: Failed | null;
}

const HardDeleteForm = ({ visit, of, successors, failed }: HardDeleteFormParts) => {
  const isOther = keptText(failed, 'reason') === 'other';
  return (
    <ActionForm visit={visit} action={keyPath(visit, of.keyId, '/hard-delete')} class="form">
      {successors.length > 0 && (
        <div class="field">
          <label for="successor">{WORDS.delete.successor}</label>
          <select id="successor" name="successor">
            {successors.map((key) => (
              <option value={key.keyId} selected={key.keyId === keptText(failed, 'successor')}>
                {keyName(key)}
              </option>
            ))}
          </select>
        </div>
      )}
      <Field
        name="caseId"
        label={WORDING.case}
        hint={WORDING.caseHint}
        value={keptText(failed, 'caseId', visit.caseId ?? of.leakCases[0] ?? '')}
        required={true}
      />
      <fieldset>
        <legend>{WORDING.reason}</legend>
        <Choice kind="radio" name="reason" value="leak" label={WORDING.leak} isChecked={!isOther} />
        <Choice kind="radio" name="reason" value="other" label={WORDING.other} isChecked={isOther} />
      </fieldset>
      {isOnFile(of) && (
        <Choice
          name="killCheck"
          value="true"
          label={WORDING.killCheck}
          isChecked={failed === null || keptText(failed, 'killCheck') === 'true'}
        />
      )}
      <Field
        name="last4"
        label={WORDING.last4}
        hint={WORDING.last4Hint(of.last4)}
        required={true}
        maxlength={4}
      />
      <SendOrCancel name={WORDING.submit(of.last4)} cancel={backTo(visit, of.keyId)} isFinal={true} />
    </ActionForm>
  );
};

/** The emergency path. */
export const hardDeletePage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/hard-delete',
  permission: 'HardDeleteKey',
  show: async (visit, failed) => {
    const key = await keyOf(visit);
    const keys = await visit.keyturn.keys.list(visit.ctx);
    const successors = successorsOf(key, keys);
    const rehearsed = await rehearse(visit, key, successors);
    const isRefused = 'message' in rehearsed;
    return formView({
      visit,
      title: WORDING.title(key.last4),
      failed,
      lead: WORDING.lead,
      refusal: isRefused ? rehearsed : null,
      back: backTo(visit, key.keyId),
      children: !isRefused && (
        <>
          <ul class="would">
            {deletionLines(rehearsed.foreseen, key, keys).map((line) => (
              <li>{line}</li>
            ))}
          </ul>
          <HardDeleteForm
            visit={visit}
            of={key}
            successors={rehearsed.needsSuccessor ? successors : []}
            failed={failed}
          />
        </>
      ),
    });
  },
  act: async (visit, form) => {
    const key = await keyOf(visit);
    if (form.text('last4') !== key.last4) throw pageProblem('last4-differs');
    const reason = form.text('reason') === 'other' ? 'other' : 'leak';
    const input = {
      keyId: key.keyId,
      caseId: form.text('caseId').trim(),
      reason,
      ...(form.text('successor') === '' ? {} : { successor: form.text('successor') }),
      ...(reason === 'leak' && form.has('killCheck') ? { killCheck: true } : {}),
    } as const;
    await askStepUp(visit, 'HardDeleteKey', input);
    const { destructions, killCheck } = await visit.keyturn.keys.hardDelete(visit.ctx, input, {
      idempotencyKey: form.text('act'),
    });
    const isProven = destructions.every(({ state }) => state === 'confirmed');
    const isAlive = killCheck?.says === 'alive' || killCheck?.says === 'alive-unfunded';
    const code = isAlive ? 'key-alive' : isProven ? 'key-deleted' : 'key-deleted-pending';
    return { to: backTo(visit, key.keyId), notice: { code, about: key.last4 } };
  },
};
