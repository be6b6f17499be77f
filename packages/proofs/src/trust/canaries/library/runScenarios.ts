import { inspect } from 'node:util';
import { withPromises, type CallContext, type RunPin } from '@keyturn/service';
import type { Secret } from '@keyturn/vault';
import * as TE from 'fp-ts/TaskEither';
import { withoutOwn } from '../ownErrors';
import type { Round } from '../round';
import type { LibraryScenario } from './scenario';

/** What a caller could do with a secret by mistake. Calling `bytes` or `use` is what they are for, and no mistake. */
const mishandle = (round: Round, place: string, secret: Secret): void => {
  round.inspect(place, secret);
  round.inspect(`${place}, within something`, {
    list: [secret],
    map: new Map([[secret, secret]]),
    error: new Error(String(secret), { cause: secret }),
  });
  round.tell(
    `${place}, through a Proxy`,
    inspect(new Proxy(secret, {}), { showProxy: true, showHidden: true }),
  );
  round.tell(`${place}, as keys`, Object.keys({ [String(secret)]: 1 }).join());
};

const usesOfASecret: LibraryScenario = {
  name: 'a secret in the hands of a run, and after it was wiped',
  play: async ({ add, context, disk: { keyturn }, round, promised }) => {
    if ((await add({ behaviour: 'valid' })) === null) return;
    const kept: Secret[] = [];
    const promises = withPromises(keyturn);
    const keep = (secret: Secret, pin: RunPin): Promise<Secret> => {
      kept.push(secret);
      mishandle(round, 'a secret in use', secret);
      round.inspect('a pin', pin);
      return Promise.resolve(secret);
    };
    await promised('a run', () => promises.startRunWithSecret(context, { runId: 'r1' }, keep));
    await promised('the run again', () =>
      promises.startRunWithSecret(context, { runId: 'r1', onlyNew: true }, keep),
    );
    await promised('a run resumed', () => promises.resumeRunWithSecret(context, { runId: 'r1' }, keep));
    for (const secret of kept) {
      mishandle(round, 'a wiped secret', secret);
      await promised('reading a wiped secret', () => Promise.resolve(secret.use((bytes) => bytes)));
    }
    await promised('its end', () => promises.finishRun(context, { runId: 'r1' }));
    await promised('the run after its end', () =>
      promises.startRunWithSecret(context, { runId: 'r1' }, keep),
    );
    await promised('lapsed runs', () => promises.expireRuns(context));
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
 * The rule: what the caller's own function threw or gave as its left is passed on as it is, to the caller alone. Nothing is
 * copied from it into an error of ours, an event, a log line or a file.
 */
const throwingUses: LibraryScenario = {
  name: 'a run whose own code throws an error with the secret in it',
  play: async ({ add, context, disk: { keyturn }, round }) => {
    const added = await add({ behaviour: 'valid' });
    if (added === null) return;
    const promises = withPromises(keyturn);
    const runs: ReadonlyArray<(runId: string, own: unknown) => Promise<unknown>> = [
      (runId, own) =>
        promises.startRunWithSecret(context, { runId }, () => rejecting(own)).catch((e: unknown) => e),
      (runId, own) =>
        promises
          .startRunWithSecret(context, { runId }, () => {
            throw own;
          })
          .catch((e: unknown) => e),
      (runId, own) => keyturn.startRunWithSecret(context, { runId }, () => TE.left(own))(),
      (runId, own) =>
        keyturn
          .startRunWithSecret(context, { runId }, () => () => rejecting(own))()
          .catch((e: unknown) => e),
      (runId, own) =>
        keyturn
          .startRunWithSecret(context, { runId }, () => {
            throw own;
          })()
          .catch((e: unknown) => e),
    ];
    for (const [n, run] of runs.entries()) {
      const own = thrownWith(round, added.canary.content);
      round.inspect('what came of the run', withoutOwn(await run(`r${n}`, own), own));
      round.inspect('its end', await keyturn.finishRun(context, { runId: `r${n}`, outcome: 'failed' })());
    }
  },
};

/** The same rule for every function that is the embedding service's own: the hook and the prober. */
const throwingHooks: LibraryScenario = {
  name: 'an authorisation hook, a prober and a logger that throw the secret',
  play: async ({ add, context, disk, options, round }) => {
    const added = await add({ behaviour: 'valid' });
    if (added === null) return;
    const own = thrownWith(round, added.canary.content);
    const { content } = round.canary();
    const fails = (): never => {
      throw own;
    };
    const services = [
      disk.another({ ...options, authorize: () => rejecting(own) }),
      disk.another({ ...options, authorize: fails }),
      disk.another({
        ...options,
        prober: { ...options.prober, probe: () => () => rejecting(own) },
      }),
      disk.another({ ...options, prober: { ...options.prober, probe: fails } }),
      disk.another({ ...options, log: { info: fails, warn: fails } }),
    ];
    for (const service of services) {
      const context2: CallContext = { ...context, workspaceId: `${context.workspaceId}-2` };
      const tasks = [
        service.addKey(context2, { vendor: 'anthropic', pasted: content, vendorIsCertain: true }),
        service.validateKey(context, { keyId: added.keyId }),
        service.startRunWithSecret(context, { runId: 'r' }, () => TE.right(null)),
        service.hardDeleteKey(context2, { keyId: added.keyId, caseId: 'C' }),
      ];
      for (const task of tasks) {
        const result = await task().catch((error: unknown) => error);
        round.inspect('what came of it', withoutOwn(result, own));
      }
    }
  },
};

/** A text in a place that is kept and shown: never the pasted key itself, and none that is shaped as a vendor's key. */
const outOfPlace: LibraryScenario = {
  name: 'runs of ids and projects that are keys',
  play: async ({ add, context, disk: { keyturn }, round }) => {
    await add({ behaviour: 'valid' });
    const { content } = round.canary(
      round.random.pick(['old OpenAI key', 'Gemini key', 'new Gemini key', 'Groq key']),
    );
    const contexts: ReadonlyArray<CallContext> = [
      { ...context, workspaceId: content },
      { ...context, actor: { kind: 'user', id: content } },
      { ...context, actor: { kind: 'user', id: 'ada', originRef: content } },
      { ...context, commandId: content },
      { ...context, correlationId: content },
      { ...context, causationId: content },
      context,
    ];
    for (const caller of contexts) {
      const id = caller === context ? content : 'x';
      const results = [
        keyturn.startRun(caller, { runId: id }),
        keyturn.startRun(caller, { runId: 'ok', projectId: id }),
        keyturn.startRun(caller, { runId: 'ok', choice: { kind: 'key', keyId: id } }),
        keyturn.startRun(caller, { runId: 'ok', choice: { kind: 'vendor', vendor: id } }),
        keyturn.resumeRun(caller, { runId: id }),
        keyturn.finishRun(caller, { runId: id }),
        keyturn.setDefault(caller, { keyId: id, projectId: id }),
        keyturn.clearProjectDefault(caller, { projectId: id }),
        keyturn.deleteKey(caller, { keyId: id, successor: id }),
        keyturn.hardDeleteKey(caller, { keyId: id, caseId: id }),
        keyturn.reportLeak(caller, { keyId: id, caseId: id }),
        keyturn.validateKey(caller, { keyId: id }),
        keyturn.history(caller, {}),
        keyturn.expireRuns(caller),
      ];
      for (const task of results) {
        const result: unknown = await task();
        round.inspect('an answer', result);
      }
    }
  },
};

export const runScenarios: ReadonlyArray<LibraryScenario> = [
  usesOfASecret,
  throwingUses,
  throwingHooks,
  outOfPlace,
];
