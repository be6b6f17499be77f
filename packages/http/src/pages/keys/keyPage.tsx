import type { KnownKey } from 'keyturn';
import type { Child } from 'hono/jsx';
import type { Failed, Page, View, Visit } from '../frame/page';
import { ActionForm } from '../parts/fields';
import { FailedNote, Note } from '../parts/note';
import { MaybeDay, MaybeText, MaybeTime, Text, Time } from '../parts/text';
import { WORDS } from '../words/words';
import { addedBy } from './addedBy';
import { KeyActs, offeredActs } from './keyActs';
import { casePath, defaultPlaces, isFit, isOnFile, keyOf, keyPath } from './keysOf';
import { lastTest } from './lastTest';
import { RevokeAtVendor } from './vendorSteps';

const { key: WORDING } = WORDS;

const Fact = ({ name, children }: { readonly name: string; readonly children?: Child }) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);

const Facts = ({
  of,
  visit,
  by,
}: {
  readonly of: KnownKey;
  readonly visit: Visit;
  readonly by: string | undefined;
}) => {
  const { facts } = WORDING;
  return (
    <dl>
      <Fact name={facts.vendor}>{visit.keyturn.vendors.get(of.vendor).name}</Fact>
      <Fact name={facts.label}>
        <MaybeText>{of.label}</MaybeText>
      </Fact>
      <Fact name={facts.defaultOf}>
        <MaybeText>{WORDS.listed(defaultPlaces(of))}</MaybeText>
      </Fact>
      <Fact name={facts.runs}>{WORDING.runsNow(of.runsInFlight)}</Fact>
      <Fact name={facts.lastRun}>
        <MaybeTime at={of.lastUsedAt} />
      </Fact>
      <Fact name={facts.lastTest}>
        <MaybeTime at={of.lastValidatedAt} />
      </Fact>
      <Fact name={facts.added}>
        <Time at={of.addedAt} />
        {by !== undefined && (
          <>
            {` ${facts.by} `}
            <Text>{by}</Text>
          </>
        )}
      </Fact>
      {isOnFile(of) && (
        <>
          <Fact name={facts.rotateBy}>
            <MaybeDay at={of.rotateBy} />
          </Fact>
          <Fact name={facts.expires}>
            <MaybeDay at={of.expiresAt} />
          </Fact>
        </>
      )}
      {(['endpoint', 'region', 'model'] as const).map(
        (name) =>
          of[name] !== null && (
            <Fact name={facts[name]}>
              <MaybeText>{of[name]}</MaybeText>
            </Fact>
          ),
      )}
      {of.leakCases.length > 0 && (
        <Fact name={facts.cases}>
          {of.leakCases.map((caseId) => (
            <>
              <a href={casePath(visit, caseId)}>
                <Text>{caseId}</Text>
              </a>{' '}
            </>
          ))}
        </Fact>
      )}
      {of.hardDeletedAt !== null && (
        <>
          <Fact name={facts.deleted}>
            <Time at={of.hardDeletedAt} />
          </Fact>
          <Fact name={facts.destroyed}>
            <MaybeTime at={of.destroyedAt} />
          </Fact>
        </>
      )}
      <Fact name={facts.id}>
        <code>{of.keyId}</code>{' '}
        <button type="button" class="plain" data-copy={of.keyId} data-copied={WORDS.copied} hidden>
          {WORDS.copy}
        </button>
      </Fact>
    </dl>
  );
};

/** How it stands with the key at its vendor, and what to do: this key, this vendor, or us. */
const Standing = async ({ of, visit }: { readonly of: KnownKey; readonly visit: Visit }) => {
  if (!isOnFile(of)) return <></>;
  const last = await lastTest(visit, of.keyId);
  const isWaiting = of.status === 'pending' && last === null && visit.may('ReadAudit');
  if (isWaiting) {
    return (
      <div data-follow="">
        <Note tone="open" role="status">
          <h2>{WORDING.pending}</h2>
          <p>
            {WORDING.pendingHint} <a href={keyPath(visit, of.keyId)}>{WORDING.lookAgain}</a>
          </p>
        </Note>
      </div>
    );
  }
  const advice =
    of.failureReason === null || of.faultSentence !== null ? null : WORDS.advice[of.failureReason];
  return (
    <Note tone={isFit(of) ? 'good' : of.status === 'pending' ? 'open' : 'bad'}>
      {last !== null && (
        <p>
          <Text>{last.sentence}</Text> · <Time at={last.recordedAt} />
        </p>
      )}
      {of.faultSentence !== null && <p>{of.faultSentence}</p>}
      {advice !== null && <p>{advice}</p>}
      {last?.type === 'KeyValidationInconclusive' && of.faultSentence === null && (
        <p>{WORDS.noVerdict(visit.keyturn.vendors.get(of.vendor).name)}</p>
      )}
    </Note>
  );
};

const ProjectDefaults = ({ of, visit }: { readonly of: KnownKey; readonly visit: Visit }) => {
  if (of.projectDefaults.length === 0 || !visit.may('ClearProjectDefault')) return <></>;
  return (
    <div class="buttons">
      {of.projectDefaults.map((project) => (
        <ActionForm
          visit={visit}
          action={visit.here(`/projects/${encodeURIComponent(project)}/clear-default`)}
        >
          <input type="hidden" name="keyId" value={of.keyId} />
          <button type="submit">{WORDING.clearProject(project)}</button>
        </ActionForm>
      ))}
    </div>
  );
};

/** All of one key, and what can be done with it. */
const keyView = async (visit: Visit, failed: Failed | null): Promise<View> => {
  const key = await keyOf(visit);
  const acts = await offeredActs(visit, key);
  const by = (await addedBy(visit, [key])).get(key.keyId);
  return {
    title: WORDING.title(key.last4),
    screen: 'keys',
    body: (
      <>
        <p>
          <a href={visit.here('/keys')}>{WORDING.toKeys}</a>
        </p>
        <h1>
          <Text>{key.display}</Text>
        </h1>
        <FailedNote failed={failed} />
        {!isOnFile(key) && (
          <RevokeAtVendor
            keyturn={visit.keyturn}
            vendor={key.vendor}
            last4={key.last4}
            why={key.hardDeleted ? WORDING.revokeWhy : WORDING.revokeLater}
          />
        )}
        {await Standing({ of: key, visit })}
        <Facts of={key} visit={visit} by={by} />
        <p>
          <a href={visit.here(`/runs?${new URLSearchParams({ keyId: key.keyId }).toString()}`)}>
            {WORDING.itsRuns}
          </a>
          {' · '}
          <a href={visit.here(`/activity?${new URLSearchParams({ keyId: key.keyId }).toString()}`)}>
            {WORDING.history}
          </a>
        </p>
        <KeyActs acts={acts} of={key} visit={visit} />
        <ProjectDefaults of={key} visit={visit} />
      </>
    ),
  };
};

export const keyPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId',
  permission: 'ListKeys',
  show: keyView,
  act: null,
};

/** Tests a key again. What refuses it is told on the key's own page. */
export const testKeyPage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/test',
  permission: 'ValidateKey',
  show: async (visit, failed) =>
    failed === null
      ? { to: keyPath(visit, visit.params['keyId'] ?? ''), notice: null }
      : keyView(visit, failed),
  act: async (visit, form) => {
    const { keyId, last4 } = await keyOf(visit);
    await visit.keyturn.keys.validate(visit.ctx, { keyId }, { idempotencyKey: form.text('act') });
    return { to: keyPath(visit, keyId), notice: { code: 'key-tested', about: last4 } };
  },
};

/** A project uses the workspace's Default again. */
export const clearDefaultPage: Page = {
  path: '/workspaces/:workspaceId/projects/:projectId/clear-default',
  permission: 'ClearProjectDefault',
  show: null,
  act: async (visit, form) => {
    const projectId = visit.params['projectId'] ?? '';
    await visit.keyturn.keys.clearDefault(visit.ctx, { projectId }, { idempotencyKey: form.text('act') });
    return {
      to: keyPath(visit, form.text('keyId')),
      notice: { code: 'default-cleared', about: WORDS.keys.project(projectId) },
    };
  },
};
