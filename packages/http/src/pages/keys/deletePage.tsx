import { isKeyturnError, type Foreseen, type KnownKey } from 'keyturn';
import { isNamed } from '../../preconditions/entityTag';
import { rehearsalDigest, underPrecondition } from '../../preconditions/underPrecondition';
import { keptText, type Failed, type Page, type Visit } from '../frame/page';
import { ActionForm, Cancel, SendOrCancel } from '../parts/fields';
import { formView } from '../parts/formView';
import { Note } from '../parts/note';
import { WORDS } from '../words/words';
import { deletionLines } from './foreseen';
import { backTo, keyName, keyOf, keyPath, successorsOf } from './keysOf';

const { delete: WORDING } = WORDS;

/** What was chosen so far. */
interface Chosen {
  readonly successor: string | null;
  readonly leaveEmpty: boolean;
}

/** What the delete would do, or why it can't be done as it is. */
type Rehearsed =
  | { readonly kind: 'would'; readonly foreseen: Foreseen; readonly chosen: Chosen }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

const inputOf = ({ keyId }: KnownKey, { successor, leaveEmpty }: Chosen) => ({
  keyId,
  ...(successor === null ? {} : { successor }),
  ...(leaveEmpty ? { leaveEmpty } : {}),
});

/** Where a successor is needed and none was chosen, the first that would do is shown; another can be chosen there. */
const rehearse = async (
  visit: Visit,
  key: KnownKey,
  chosen: Chosen,
  successors: ReadonlyArray<KnownKey>,
): Promise<Rehearsed> => {
  const { keyturn, ctx } = visit;
  try {
    const foreseen = await keyturn.keys.delete(ctx, inputOf(key, chosen), { dryRun: true });
    return { kind: 'would', foreseen, chosen };
  } catch (error) {
    if (!isKeyturnError(error) || error.kind !== 'refusal') throw error;
    const [first] = successors;
    if (error.code === 'successor-needed' && chosen.successor === null && first !== undefined) {
      return rehearse(visit, key, { ...chosen, successor: first.keyId }, successors);
    }
    return { kind: 'refused', code: error.code, message: error.message };
  }
};

/** Which key takes its place. Another choice is rehearsed first: what is deleted is what was shown. */
const SuccessorForm = ({
  visit,
  of,
  successors,
  chosen,
}: {
  readonly visit: Visit;
  readonly of: KnownKey;
  readonly successors: ReadonlyArray<KnownKey>;
  readonly chosen: string;
}) => (
  <form method="get" action={keyPath(visit, of.keyId, '/delete')} class="form" data-rehearsal="">
    {visit.caseId !== null && <input type="hidden" name="case" value={visit.caseId} />}
    <div class="field">
      <label for="successor">{WORDING.successor}</label>
      <select id="successor" name="successor">
        {successors.map((key) => (
          <option value={key.keyId} selected={key.keyId === chosen}>
            {keyName(key)}
          </option>
        ))}
      </select>
    </div>
    <button type="submit">{WORDING.show}</button>
  </form>
);

const Would = ({
  visit,
  of,
  keys,
  rehearsed,
  successors,
}: {
  readonly visit: Visit;
  readonly of: KnownKey;
  readonly keys: ReadonlyArray<KnownKey>;
  readonly rehearsed: Extract<Rehearsed, { readonly kind: 'would' }>;
  readonly successors: ReadonlyArray<KnownKey>;
}) => {
  const { foreseen, chosen } = rehearsed;
  return (
    <>
      {chosen.successor !== null && (
        <SuccessorForm visit={visit} of={of} successors={successors} chosen={chosen.successor} />
      )}
      <p>{WORDING.would}</p>
      <ul class="would">
        {deletionLines(foreseen, of, keys).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <ActionForm visit={visit} action={keyPath(visit, of.keyId, '/delete')}>
        <input type="hidden" name="digest" value={rehearsalDigest(foreseen)} />
        {chosen.successor !== null && <input type="hidden" name="successor" value={chosen.successor} />}
        {chosen.leaveEmpty && <input type="hidden" name="leaveEmpty" value="true" />}
        <SendOrCancel name={WORDING.submit(of.last4)} cancel={backTo(visit, of.keyId)} isFinal={true} />
      </ActionForm>
    </>
  );
};

const Refused = ({
  visit,
  of,
  code,
  message,
}: {
  readonly visit: Visit;
  readonly of: KnownKey;
  readonly code: string;
  readonly message: string;
}) => (
  <Note tone="bad">
    <p>{message}</p>
    <p class="buttons">
      <Cancel to={backTo(visit, of.keyId)} isFirst={true} />
      {code === 'last-key' && (
        <a class="button danger" href={keyPath(visit, of.keyId, '/delete?leaveEmpty=true')} data-dialog="">
          {WORDING.leaveEmpty}
        </a>
      )}
    </p>
  </Note>
);

const chosenOf = (visit: Visit, failed: Failed | null): Chosen => {
  const successor = keptText(failed, 'successor', visit.query.get('successor') ?? '');
  const leaveEmpty = keptText(failed, 'leaveEmpty', visit.query.get('leaveEmpty') ?? '');
  return { successor: successor === '' ? null : successor, leaveEmpty: leaveEmpty === 'true' };
};

/** Deletes a key: what it would do is shown first, and it does that or nothing. */
export const deletePage: Page = {
  path: '/workspaces/:workspaceId/keys/:keyId/delete',
  permission: 'DeleteKey',
  show: async (visit, failed) => {
    const key = await keyOf(visit);
    const keys = await visit.keyturn.keys.list(visit.ctx);
    const successors = successorsOf(key, keys);
    const rehearsed = await rehearse(visit, key, chosenOf(visit, failed), successors);
    return formView({
      visit,
      title: WORDING.title(key.last4),
      failed,
      back: backTo(visit, key.keyId),
      children:
        rehearsed.kind === 'refused' ? (
          <Refused visit={visit} of={key} code={rehearsed.code} message={rehearsed.message} />
        ) : (
          <Would visit={visit} of={key} keys={keys} rehearsed={rehearsed} successors={successors} />
        ),
    });
  },
  act: async (visit, form) => {
    const { keyturn, ctx } = visit;
    const key = await keyOf(visit);
    const chosen = {
      successor: form.text('successor') === '' ? null : form.text('successor'),
      leaveEmpty: form.has('leaveEmpty'),
    };
    const { state, destructions } = await underPrecondition(
      keyturn.keys.delete,
      ctx,
      inputOf(key, chosen),
      { idempotencyKey: form.text('act') },
      async (foreseen) =>
        isNamed(`"${form.text('digest')}"`, rehearsalDigest(foreseen)) ? 'same' : 'another',
    );
    const isProven = destructions.every((destruction) => destruction.state === 'confirmed');
    const code = state === 'retired' ? 'key-deleting' : isProven ? 'key-deleted' : 'key-deleted-pending';
    return { to: backTo(visit, key.keyId), notice: { code, about: key.last4 } };
  },
};
