import type { Act, ActContext, Action, ActOptions, Foreseen as DoorForeseen, Keyturn } from 'keyturn';
import { randomUUID } from 'node:crypto';
import { isNothing, nothing, type Codec } from '../codecs/codec';
import { Foreseen } from '../codecs/keyAnswers';
import { invalidInput, requestProblem } from '../problems/problem';
import { isNamed } from '../preconditions/entityTag';
import { caseTag, keyringTag } from '../preconditions/tags';
import { rehearsalDigest, underPrecondition, type Seen } from '../preconditions/underPrecondition';
import { jsonAnswer } from './answer';
import { askStepUp, caseIn } from './askStepUp';
import { askedOf } from './query';
import type { Patiently } from './withPatience';
import type { Route, RouteFace, Serving } from './route';

type ActFace = Pick<
  RouteFace,
  'id' | 'method' | 'path' | 'summary' | 'tag' | 'status' | 'precondition' | 'isStepUp'
> & { readonly description?: string; readonly permission: Action };

/** An act of the door: what it takes, and what it answers. */
interface ActRoute<P, B, I, A> extends ActFace {
  readonly params: Codec<P>;
  readonly body: Codec<B>;
  readonly answer: Codec<A>;
  readonly act: (keyturn: Keyturn) => Act<I, NoInfer<A>>;
  readonly input: (params: P, body: B) => NoInfer<I>;
  /** Where what was made can be asked for, relative to this address; null where nothing was made. */
  readonly locationOf: ((answer: NoInfer<A>) => string) | null;
  /** How the act is done, where it may answer before it has come to its end. */
  readonly doing: ((act: Patiently<A>, serving: Serving) => Promise<NoInfer<A>>) | null;
}

/** What most acts have. */
export const usualAct = {
  params: nothing,
  status: 200,
  precondition: null,
  isStepUp: false,
  locationOf: null,
  doing: null,
} as const;

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const CASE = /^[A-Za-z0-9_.:/#-]{1,64}$/;

/** `"id"` as the draft of the header has it, or without quotes. @throws ProblemError `invalid-input` */
const idempotencyKeyOf = (headers: Headers): string | null => {
  const given = headers.get('idempotency-key');
  if (given === null) return null;
  const id = /^"(.*)"$/.exec(given)?.[1] ?? given;
  if (!ID.test(id)) throw invalidInput('Idempotency-Key', '1 to 64 of the characters A-Z a-z 0-9 _ -');
  return id;
};

/** When the first try of a retry was issued. @throws ProblemError `invalid-input` */
const issuedAtOf = (headers: Headers): Pick<ActOptions, 'issuedAt'> => {
  const given = headers.get('keyturn-issued-at');
  if (given === null) return {};
  if (!/^\d{1,15}$/.test(given))
    throw invalidInput('Keyturn-Issued-At', 'milliseconds since 1970, a whole number');
  return { issuedAt: Number(given) };
};

/** The case that an act is done under. @throws ProblemError `invalid-input` */
const caseOf = (headers: Headers): { readonly caseId?: string } => {
  const caseId = headers.get('keyturn-case');
  if (caseId === null) return {};
  if (!CASE.test(caseId)) throw invalidInput('Keyturn-Case', '1 to 64 of A-Z a-z 0-9 _ . : / # -');
  return { caseId };
};

type Compare = (foreseen: DoorForeseen) => Promise<Seen>;

/** What `If-Match` is compared with; null where the act is done whatever it says. @throws ProblemError */
const comparison = (
  { precondition }: Pick<RouteFace, 'precondition'>,
  { keyturn, request }: Serving,
  ctx: ActContext,
  input: unknown,
): Compare | null => {
  const wanted = request.headers.get('if-match');
  if (precondition === null) return null;
  if (precondition === 'rehearsal') {
    if (wanted === null) throw requestProblem('precondition-required');
    if (wanted.trim() === '*') return null;
    return async (foreseen) => (isNamed(wanted, rehearsalDigest(foreseen)) ? 'same' : 'another');
  }
  if (wanted === null || wanted.trim() === '*') return null;
  if (precondition === 'case') {
    const caseId = caseIn(input) ?? '';
    return async () =>
      isNamed(wanted, caseTag(await keyturn.support.status(ctx, { caseId }))) ? 'same' : 'another';
  }
  return async ({ keyringRevision }) => {
    // The list may be of a moment before: then it says nothing of what the act is decided on.
    const { revision } = await keyturn.keys.checked(ctx);
    if (revision < keyringRevision) return 'behind';
    const keys = await keyturn.keys.list(ctx, { includeHardDeleted: true });
    return isNamed(wanted, keyringTag(keys)) ? 'same' : 'another';
  };
};

const faceOf = <P, B, I, A>(route: ActRoute<P, B, I, A>): RouteFace => ({
  id: route.id,
  method: route.method,
  path: route.path,
  summary: route.summary,
  ...(route.description === undefined ? {} : { description: route.description }),
  tag: route.tag,
  permission: route.permission,
  scope: 'workspace',
  params: route.params,
  query: nothing,
  body: isNothing(route.body) ? null : route.body,
  answer: route.answer,
  status: route.status,
  isStream: false,
  isAct: true,
  isTagged: false,
  precondition: route.precondition,
  isStepUp: route.isStepUp,
  takesAdminCredential: false,
  isPaged: false,
  isLarge: false,
});

/** An act, and its rehearsal, which says what it would do and does nothing of it. */
export const act = <P, B, I, A>(route: ActRoute<P, B, I, A>): ReadonlyArray<Route> => {
  const face = faceOf(route);
  const inputOf = async (serving: Serving): Promise<{ readonly ctx: ActContext; readonly input: I }> => {
    const { ctx, params, body } = await askedOf(serving, {
      scope: 'workspace',
      params: route.params,
      query: nothing,
      body: route.body,
    });
    return { ctx: { ...ctx, ...caseOf(serving.request.headers) }, input: route.input(params, body) };
  };

  const serve = async (serving: Serving): Promise<Response> => {
    // Without one of the caller's the act has one of ours, so that it can be asked about while it is under way.
    const idempotencyKey = idempotencyKeyOf(serving.request.headers) ?? randomUUID();
    const options = { idempotencyKey, ...issuedAtOf(serving.request.headers) };
    const { ctx, input } = await inputOf(serving);
    if (route.isStepUp) await askStepUp(serving, route.permission, input);
    const compare = comparison(route, serving, ctx, input);
    const doorAct = route.act(serving.keyturn);
    const doing = (): Promise<A> =>
      compare === null
        ? doorAct(ctx, input, options)
        : underPrecondition(doorAct, ctx, input, options, compare);
    const isRecorded = async (): Promise<boolean> =>
      (await doorAct(ctx, input, { ...options, dryRun: true })).events.length === 0;
    const answer =
      route.doing === null ? await doing() : await route.doing({ act: doing, isRecorded }, serving);
    const location = route.locationOf?.(answer);
    return jsonAnswer(
      route.status,
      route.answer,
      answer,
      location === undefined ? {} : { Location: location },
    );
  };

  const rehearse = async (serving: Serving): Promise<Response> => {
    const { ctx, input } = await inputOf(serving);
    const foreseen = await route.act(serving.keyturn)(ctx, input, { dryRun: true });
    const digest = rehearsalDigest(foreseen);
    const events = foreseen.events.map(({ type, data }) => ({ type, data: withoutFingerprint(data) }));
    return jsonAnswer(200, Foreseen, { ...foreseen, events, digest }, { ETag: `"${digest}"` });
  };

  const rehearsal: RouteFace = {
    ...face,
    id: `rehearse${face.id.charAt(0).toUpperCase()}${face.id.slice(1)}`,
    method: 'POST',
    // A tree of its own: a run may be called `rehearsal`.
    path: `/rehearsals${face.path}`,
    summary: `What this would do: ${face.summary.charAt(0).toLowerCase()}${face.summary.slice(1)}`,
    description: 'Refused as the act itself would be. Nothing is written, sent or counted.',
    answer: Foreseen,
    status: 200,
    isAct: false,
    precondition: null,
    isStepUp: false,
  };
  return [
    { face, serve },
    { face: rehearsal, serve: rehearse },
  ];
};

/** A key's fingerprint is for the vault, and of no use to whoever looks at a screen. */
const withoutFingerprint = (data: object): { readonly [member: string]: unknown } =>
  Object.fromEntries(Object.entries(data).filter(([member]) => member !== 'fingerprint'));
