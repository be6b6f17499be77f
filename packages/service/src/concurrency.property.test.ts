import { describe, expect, test } from '@jest/globals';
import { brokenInvariants, scatteredCommands } from '@keyturn/domain/invariants';
import { expectRight } from '@keyturn/testbed';
import { longRuns } from '@keyturn/testbed/sampling';
import type { KeyturnOnDisk } from './testSupport/keyturnOnDisk';
import fc from 'fast-check';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { isRefusal, type Failure } from './failure';
import type { Keyturn } from './keyturn';
import type { WriteResult } from './writeResult';
import { acceptingProber } from './testSupport/acceptingProber';
import { freshSite } from './testSupport/site';
import { historyOf } from './testSupport/stream';

const site = freshSite();

/** A step of one service; keys are numbered in the order in which they came on file. */
type Step =
  | { readonly kind: 'add'; readonly vendor: 'anthropic' | 'openai' }
  | {
      readonly kind: 'default' | 'delete' | 'hard-delete' | 'validate';
      readonly key: number;
      readonly successor: number;
    }
  | { readonly kind: 'start' | 'start-with-secret' | 'resume' | 'finish'; readonly run: number };

const nth = fc.nat(3);
const steps: fc.Arbitrary<ReadonlyArray<Step>> = fc.array(
  fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        vendor: fc.constantFrom('anthropic' as const, 'openai' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'default' as const,
          'delete' as const,
          'hard-delete' as const,
          'validate' as const,
        ),
        key: nth,
        successor: nth,
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'start' as const,
          'start-with-secret' as const,
          'resume' as const,
          'finish' as const,
        ),
        run: nth,
      }),
    },
  ),
  { minLength: 4, maxLength: 8 },
);

interface Answer {
  readonly commandId: string;
  readonly step: Step;
  readonly result: E.Either<Failure, WriteResult>;
}

/** The keys of one workspace, as they come on file. */
interface Keys {
  readonly ids: string[];
  readonly pasted: Map<string, string>;
}

const made = (
  at: KeyturnOnDisk,
  service: Keyturn,
  keys: Keys,
  workspaceId: string,
  commandId: string,
  step: Step,
): TE.TaskEither<Failure, WriteResult> => {
  const context = at.as({ workspaceId, commandId });
  const keyId = (n: number) => keys.ids[n % Math.max(1, keys.ids.length)] ?? 'none';
  switch (step.kind) {
    case 'add': {
      const pasted = at.sandbox.issueKey(step.vendor);
      return async () => {
        const added = await service.addKey(context, { vendor: step.vendor, pasted })();
        if (E.isRight(added)) {
          keys.ids.push(added.right.key.keyId);
          keys.pasted.set(added.right.key.keyId, pasted);
        }
        return added;
      };
    }
    case 'default':
      return service.setDefault(context, { keyId: keyId(step.key) });
    case 'validate':
      return service.validateKey(context, { keyId: keyId(step.key) });
    case 'delete':
      return service.deleteKey(context, { keyId: keyId(step.key), successor: keyId(step.successor) });
    case 'hard-delete':
      return service.hardDeleteKey(context, {
        keyId: keyId(step.key),
        successor: keyId(step.successor),
        caseId: 'C-1',
      });
    case 'start':
      return service.startRun(context, { runId: `r${step.run}` });
    case 'start-with-secret':
      return service.startRunWithSecret(context, { runId: `r${step.run}` }, (secret, pin) => {
        const opened = secret.use((bytes) => Buffer.from(bytes).toString('latin1'));
        const own = keys.pasted.get(pin.keyId);
        return own === undefined || own === opened
          ? TE.right(pin)
          : TE.fromIO(() => {
              throw new Error(`run ${pin.runId} got another key's secret`);
            });
      });
    case 'resume':
      return service.resumeRun(context, { runId: `r${step.run}` });
    case 'finish':
      return service.finishRun(context, { runId: `r${step.run}` });
  }
};

describe('three services over one file, each with a connection of its own', () => {
  test('lose nothing, double nothing, break no invariant, and open no other key', async () => {
    const prober = acceptingProber();
    const stores = [site().eventStore, await site().anotherStore(), await site().anotherStore()];
    const services = stores.map((eventStore) => site().another({ eventStore, prober }));
    let workspaces = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 3, maxLength: 3 }), async (lists) => {
        const workspaceId = `w${(workspaces += 1)}`;
        const keys: Keys = { ids: [], pasted: new Map() };
        const told: Answer[] = [];
        await Promise.all(
          services.map(async (service, index) => {
            for (const [n, step] of (lists[index] ?? []).entries()) {
              const commandId = `s${index}-${n}`;
              const result = await made(site(), service, keys, workspaceId, commandId, step)();
              told.push({ commandId, step, result });
            }
          }),
        );
        const history = await historyOf(site().eventStore, workspaceId);
        expect(brokenInvariants(history)).toEqual([]);
        expect(scatteredCommands(history)).toEqual([]);
        for (const { commandId, step, result } of told) {
          const mine = history.filter(({ envelope }) => envelope.commandId === commandId);
          // Only refusals: nothing is wrong with the store or the vault.
          if (E.isLeft(result)) expect(isRefusal(result.left) ? null : result.left).toBeNull();
          // A run that was open gives its secret on an event of another command.
          const wrote = E.isRight(result) && result.right.position !== null;
          if (wrote && step.kind !== 'start-with-secret') expect(mine).not.toEqual([]);
        }
        // Every service knows the newest state: the same refusal or the same pin for the same question.
        const answers = [];
        for (const service of services) {
          answers.push(await service.history(site().as({ workspaceId }))());
          const probe = await service.startRun(site().as({ workspaceId }), { runId: 'probe' })();
          answers.push(E.isRight(probe) ? probe.right.keyId : probe.left);
        }
        const keyId = answers[1];
        expect(answers.filter((_, n) => n % 2 === 1)).toEqual([keyId, keyId, keyId]);
      }),
      { numRuns: longRuns(12) },
    );
    // Every row that is left is of a key that the log has not burned.
    for (let n = 1; n <= workspaces; n += 1) {
      const history = await expectRight(site().keyturn.history(site().as({ workspaceId: `w${n}` })));
      expect(history.keys.every(({ status }) => status !== 'hard-deleted')).toBe(true);
    }
  });
});
