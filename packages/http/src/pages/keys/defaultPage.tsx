import type { KnownKey } from 'keyturn';
import { keptText, type Failed, type Page, type Visit } from '../frame/page';
import { ActionForm, Choice, Field, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { WORDS } from '../words/words';
import { backTo, keyOf, keyPath, refusalOf } from './keysOf';

const { default: WORDING } = WORDS;

interface DefaultFormParts {
  readonly visit: Visit;
  readonly of: KnownKey;
  readonly current: KnownKey | undefined;
  readonly failed: Failed | null;
}

/** Projects that go on with the key that is replaced: each is named before. */
const Staying = ({ current, failed }: Pick<DefaultFormParts, 'current' | 'failed'>) =>
  current === undefined || current.projectDefaults.length === 0 ? (
    <></>
  ) : (
    <div class="under">
      <p>{WORDING.stays(current.projectDefaults, current.last4)}</p>
      <Choice
        name="projects"
        value="follow"
        label={WORDING.follow(current.projectDefaults.length)}
        isChecked={keptText(failed, 'projects') === 'follow'}
      />
    </div>
  );

const DefaultForm = ({ visit, of, current, failed }: DefaultFormParts) => {
  const isForProject = keptText(failed, 'of', of.isDefault ? 'project' : 'workspace') === 'project';
  const replaced = current?.keyId === of.keyId ? undefined : current;
  return (
    <ActionForm visit={visit} action={keyPath(visit, of.keyId, '/default')} class="form">
      {replaced !== undefined && <p>{WORDING.instead(replaced.last4)}</p>}
      <fieldset>
        <legend>{WORDING.of}</legend>
        <Choice
          kind="radio"
          name="of"
          value="workspace"
          label={WORDING.workspace}
          isChecked={!isForProject}
        />
        <Staying current={replaced} failed={failed} />
        <Choice kind="radio" name="of" value="project" label={WORDING.project} isChecked={isForProject} />
        <div class="under">
          <Field name="projectId" label={WORDING.projectId} value={keptText(failed, 'projectId')} />
        </div>
      </fieldset>
      <SendOrCancel name={WORDING.act} cancel={backTo(visit, of.keyId)} />
    </ActionForm>
  );
};

/** Which key new runs use. */
export const defaultPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/default',
  permission: 'SetDefault',
  show: async (visit, failed) => {
    const { keyturn, ctx } = visit;
    const key = await keyOf(visit);
    const keys = await keyturn.keys.list(ctx);
    const refusal = await refusalOf(() =>
      keyturn.keys.setDefault(ctx, { keyId: key.keyId }, { dryRun: true }),
    );
    return formView({
      visit,
      title: WORDING.title(key.last4),
      failed,
      lead: WORDING.lead,
      refusal,
      back: backTo(visit, key.keyId),
      children: (
        <DefaultForm
          visit={visit}
          of={key}
          current={keys.find(({ isDefault }) => isDefault)}
          failed={failed}
        />
      ),
    });
  },
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    const projectId = form.text('projectId').trim();
    const { projectsLeft } = await visit.keyturn.keys.setDefault(
      visit.ctx,
      form.text('of') === 'project'
        ? { keyId, projectId }
        : { keyId, projects: form.text('projects') === 'follow' ? 'follow' : 'stay' },
      { idempotencyKey: form.text('act') },
    );
    const code = projectsLeft.length > 0 ? 'default-set-left' : 'default-set';
    return { to: backTo(visit, keyId), notice: { code, about: last4 } };
  },
};
