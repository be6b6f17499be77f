import { inspect } from 'node:util';
import type { RunPin } from '@keyturn/service';
import type { Secret } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import { openKeyturn, type ActContext, type ActOptions, type RunInUse, type RunSecret } from 'keyturn';
import { withoutOwn } from '../ownErrors';
import type { Round } from '../round';
import type { LibraryScenario } from './scenario';

/**
 * What a caller could do with a secret by mistake. Calling `use`, `reveal` or `authHeaders` is what they are for, and
 * no mistake.
 */
const mishandle = (round: Round, place: string, secret: RunSecret | Secret): void => {
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- what that gives is what is searched
  const asText = String(secret);
  round.inspect(place, secret);
  round.inspect(`${place}, within something`, {
    list: [secret],
    map: new Map([[secret, secret]]),
    error: new Error(asText, { cause: secret }),
  });
  round.tell(
    `${place}, through a Proxy`,
    inspect(new Proxy(secret, {}), { showProxy: true, showHidden: true }),
  );
  round.tell(`${place}, as keys`, Object.keys({ [asText]: 1 }).join());
};

const usesOfASecret: LibraryScenario = {
  name: 'a secret in the hands of a run, and after it was wiped',
  play: async ({ add, ctx, keyturn: { runs }, round, seen }) => {
    if ((await add({ behaviour: 'valid' })) === null) return;
    const kept: RunSecret[] = [];
    const keep = (handed: RunInUse): RunSecret => {
      kept.push(handed.secret);
      mishandle(round, 'a secret in use', handed.secret);
      round.inspect('what a run is handed', handed);
      return handed.secret;
    };
    const onFinished = (...finished: ReadonlyArray<unknown>): void =>
      round.inspect('how a run is finished', finished);
    await seen('a run', () => runs.use(ctx, { runId: 'r1' }, keep, { onFinished }));
    await seen('the run after its end', () => runs.use(ctx, { runId: 'r1' }, keep));
    await seen('a pin', () => runs.start(ctx, { runId: 'r2' }));
    await seen('the run as a new one', () => runs.use(ctx, { runId: 'r2', run: 'new' }, keep));
    await seen('a run resumed', () => runs.resume(ctx, { runId: 'r2' }));
    await seen('a run taken over', () => runs.use(ctx, { runId: 'r2', run: 'open' }, keep));
    for (const secret of kept) {
      mishandle(round, 'a wiped secret', secret);
      const looks: ReadonlyArray<() => unknown> = [
        () => secret.use((bytes) => bytes),
        secret.reveal,
        secret.authHeaders,
      ];
      for (const look of looks) {
        await seen('reading a wiped secret', () => Promise.resolve().then(look));
      }
    }
    await seen('its end', () => runs.finish(ctx, { runId: 'r2' }));
    await seen('runs', () => runs.list(ctx));
    await seen('lapsed runs', () => runs.expire(ctx, undefined));
  },
};

/** Below the door, whose own form of a secret has it within. */
const usesBelow: LibraryScenario = {
  name: 'a secret as the service hands it to the door, and after it was wiped',
  play: async ({ add, ctx, round, seen, service }) => {
    if ((await add({ behaviour: 'valid' })) === null) return;
    const kept: Secret[] = [];
    const keep = (secret: Secret, pin: RunPin) => {
      kept.push(secret);
      mishandle(round, 'a secret in use', secret);
      round.inspect('a pin', pin);
      return TE.right(secret);
    };
    const over = service();
    await seen('a run', over.startRunWithSecret(ctx, { runId: 'r1' }, keep));
    await seen('the run again', over.startRunWithSecret(ctx, { runId: 'r1', onlyNew: true }, keep));
    await seen('a run resumed', over.resumeRunWithSecret(ctx, { runId: 'r1' }, keep));
    for (const secret of kept) {
      mishandle(round, 'a wiped secret', secret);
      await seen('reading a wiped secret', () => Promise.resolve().then(() => secret.use((bytes) => bytes)));
    }
    await seen('its end', over.finishRun(ctx, { runId: 'r1' }));
    await seen('the run after its end', over.startRunWithSecret(ctx, { runId: 'r1' }, keep));
  },
};

/** Errors as a vendor's client throws them, with the key in them; or the key itself. */
const thrownWith = (round: Round, text: string): unknown =>
  round.random.pick<() => unknown>([
    () => new Error(`401 for the key ${text}`),
    () => new TypeError('failed', { cause: new Error(text) }),
    () => Object.assign(new Error('failed'), { config: { headers: { authorization: `Bearer ${text}` } } }),
    () => new AggregateError([new Error(text)], 'several'),
    () => text,
    () => ({ key: text }),
  ])();

const rejecting = async (own: unknown): Promise<never> => {
  throw own;
};

/**
 * The rule: what the caller's own function threw or gave as its left is passed on as it is, to the caller alone.
 * Nothing is copied from it into an error of ours, an event, a log line or a file.
 */
const throwingUses: LibraryScenario = {
  name: 'a run whose own code throws an error with the secret in it',
  play: async ({ add, ctx, keyturn, round, seen, service }) => {
    const added = await add({ behaviour: 'valid' });
    if (added === null) return;
    const throws = (own: unknown) => (): never => {
      throw own;
    };
    const below = service();
    const runs: ReadonlyArray<(runId: string, own: unknown) => Promise<unknown>> = [
      (runId, own) => keyturn.runs.use(ctx, { runId }, () => rejecting(own)),
      (runId, own) => keyturn.runs.use(ctx, { runId }, throws(own)),
      (runId, own) => keyturn.runs.use(ctx, { runId }, () => 'done', { onFinished: throws(own) }),
      (runId, own) => below.startRunWithSecret(ctx, { runId }, () => TE.left(own))(),
      (runId, own) => below.startRunWithSecret(ctx, { runId }, () => () => rejecting(own))(),
      (runId, own) => below.startRunWithSecret(ctx, { runId }, throws(own))(),
    ];
    for (const [n, run] of runs.entries()) {
      const own = thrownWith(round, added.canary.content);
      const result = await run(`r${n}`, own).catch((error: unknown) => error);
      round.inspect('what came of the run', withoutOwn(result, own));
      await seen('its end', () => keyturn.runs.finish(ctx, { runId: `r${n}`, outcome: 'failed' }));
    }
  },
};

/** The same rule for every function that is the embedding service's own. */
const throwingHooks: LibraryScenario = {
  name: 'an authorisation hook and a logger that throw the secret',
  play: async ({ add, ctx, options, round }) => {
    const added = await add({ behaviour: 'valid' });
    if (added === null) return;
    const { keyId } = added;
    const own = thrownWith(round, added.canary.content);
    const { content } = round.canary();
    const fails = (): never => {
      throw own;
    };
    const elsewhere: ActContext = { ...ctx, workspaceId: `${ctx.workspaceId}-2` };
    for (const failing of [
      { authorize: () => rejecting(own) },
      { authorize: fails },
      { log: { info: fails, warn: fails } },
    ]) {
      const { keys, runs, history, close } = await openKeyturn({ ...options, ...failing });
      const calls: ReadonlyArray<() => Promise<unknown>> = [
        () => keys.add(elsewhere, { vendor: 'anthropic', pasted: content, vendorIsCertain: true }),
        () => keys.validate(ctx, { keyId }),
        () => runs.use(ctx, { runId: 'r' }, () => null),
        () => keys.hardDelete(elsewhere, { keyId, caseId: 'C' }),
        () => keys.list(ctx),
        () => history.at(ctx),
      ];
      for (const call of calls) {
        round.inspect('what came of it', withoutOwn(await call().catch((error: unknown) => error), own));
      }
      await close();
    }
  },
};

/** Below the door, which makes its prober itself. */
const throwingProbers: LibraryScenario = {
  name: 'a prober that throws the secret',
  play: async ({ add, below: { prober }, ctx, round, service }) => {
    const added = await add({ behaviour: 'valid' });
    if (added === null) return;
    const { keyId } = added;
    const own = thrownWith(round, added.canary.content);
    const { content } = round.canary();
    const fails = (): never => {
      throw own;
    };
    for (const probe of [() => () => rejecting(own), fails]) {
      const over = service({ prober: { ...prober, probe } });
      const elsewhere: ActContext = { ...ctx, workspaceId: `${ctx.workspaceId}-2` };
      const tasks: ReadonlyArray<() => Promise<unknown>> = [
        over.addKey(elsewhere, { vendor: 'anthropic', pasted: content, vendorIsCertain: true }),
        over.validateKey(ctx, { keyId }),
        over.startRunWithSecret(ctx, { runId: 'r' }, () => TE.right(null)),
        over.hardDeleteKey(elsewhere, { keyId, caseId: 'C' }),
      ];
      for (const task of tasks) {
        round.inspect('what came of it', withoutOwn(await task().catch((error: unknown) => error), own));
      }
    }
  },
};

/** A text in a place that is kept and shown: never the pasted key itself, and none that is shaped as a vendor's key. */
const outOfPlace: LibraryScenario = {
  name: 'runs of ids and projects that are keys',
  play: async ({ add, ctx, keyturn, round, seen }) => {
    await add({ behaviour: 'valid' });
    const { content } = round.canary(
      round.random.pick(['old OpenAI key', 'Gemini key', 'new Gemini key', 'Groq key']),
    );
    const callers: ReadonlyArray<readonly [ActContext, ActOptions & { readonly dryRun?: false }]> = [
      [{ ...ctx, workspaceId: content }, {}],
      [{ ...ctx, actor: { kind: 'user', id: content } }, {}],
      [{ ...ctx, actor: { kind: 'user', id: 'ada', originRef: content } }, {}],
      [ctx, { idempotencyKey: content }],
      [{ ...ctx, correlationId: content }, {}],
      [{ ...ctx, causationId: content }, {}],
      [ctx, {}],
    ];
    const { audit, history, keys, runs, support } = keyturn;
    for (const [caller, options] of callers) {
      const id = caller === ctx && options.idempotencyKey === undefined ? content : 'x';
      const calls: ReadonlyArray<() => Promise<unknown>> = [
        () => runs.use(caller, { runId: id, run: 'open' }, () => null),
        () => runs.start(caller, { runId: id }, options),
        () => runs.start(caller, { runId: 'ok', projectId: id }, options),
        () => runs.start(caller, { runId: 'ok', choice: { kind: 'key', keyId: id } }, options),
        () => runs.start(caller, { runId: 'ok', choice: { kind: 'vendor', vendor: id } }, options),
        () => runs.resume(caller, { runId: id }, options),
        () => runs.finish(caller, { runId: id }, options),
        () => keys.setDefault(caller, { keyId: id, projectId: id }, options),
        () => keys.clearDefault(caller, { projectId: id }, options),
        () => keys.delete(caller, { keyId: id, successor: id }, options),
        () => keys.hardDelete(caller, { keyId: id, caseId: id }, options),
        () => support.report(caller, { keyId: id, caseId: id }, options),
        () => keys.validate(caller, { keyId: id }, options),
        () => keys.list(caller),
        () => keys.find(caller, { idPrefix: id }),
        () => keys.resolve(caller, id),
        () => runs.list(caller, { keyId: id, runId: id }),
        () => audit.page(caller, { keyId: id, runId: id }),
        () => history.at(caller),
        () => history.at(caller, { keyId: id }),
        () => runs.expire(caller, undefined, options),
      ];
      for (const call of calls) await seen('an answer', call);
    }
  },
};

export const runScenarios: ReadonlyArray<LibraryScenario> = [
  usesOfASecret,
  usesBelow,
  throwingUses,
  throwingHooks,
  throwingProbers,
  outOfPlace,
];
