import { describe, test } from '@jest/globals';
import {
  ActorId,
  CommandId,
  CorrelationId,
  defaultDecider,
  encodeSnapshot,
  WorkspaceId,
  type Command,
  type Keyring,
} from '@keyturn/domain';
import { makeInMemoryEventStore, StoreFault } from '@keyturn/event-store';
import { brokenInvariants, scatteredCommands } from '@keyturn/domain/invariants';
import { expectRight } from '@keyturn/testbed';
import { longRuns } from '@keyturn/testbed/sampling';
import * as E from 'fp-ts/Either';
import fc from 'fast-check';
import { makeCommandHandler, type CommandHandler, type Handled } from './commandHandler';
import type { Failure } from './failure';
import { makeKeyringRepository } from './keyringRepository';
import { silent } from './options';
import { memoryGuard } from './testSupport/memoryGuard';
import { as, commandLists, T0, type Asked } from './testSupport/generatedCommands';
import { intercepted, type Interception } from './testSupport/interceptedStore';
import { historyOf } from './testSupport/stream';

type Mishap = 'none' | 'lost-before' | 'lost-after' | 'unavailable';
const mishaps: fc.Arbitrary<ReadonlyArray<Mishap>> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('none' as const) },
    fc.constantFrom<Mishap>('lost-before', 'lost-after', 'unavailable'),
  ),
  { maxLength: 30 },
);

const fault = (code: 'outcome-unknown' | 'unavailable') => new StoreFault(code, 'The test says so.');

/** All that there is in a keyring. */
const textOf = (keyring: Keyring): string => {
  const { head, parts } = encodeSnapshot(keyring);
  return JSON.stringify([head, parts.map((part) => part.encode())]);
};

interface Answer {
  readonly command: Command;
  readonly outcome: E.Either<Failure, Handled>;
}

describe('several services with generated commands, in generated order, on a store that loses answers', () => {
  test('what was told is in the stream once, and every keyring in memory is the fold of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(commandLists, { minLength: 2, maxLength: 3 }),
        mishaps,
        async (scheduler, lists, fates) => {
          const stored = makeInMemoryEventStore();
          const fate = fates[Symbol.iterator]();
          const interception: Interception = {
            readStream:
              (next, ...args) =>
              async () => {
                await scheduler.schedule(Promise.resolve(), 'read');
                return next(...args)();
              },
            append:
              (next, ...args) =>
              async () => {
                await scheduler.schedule(Promise.resolve(), 'append');
                const mishap = fate.next().value ?? 'none';
                if (mishap === 'none') return next(...args)();
                if (mishap === 'unavailable') return E.left(fault('unavailable'));
                if (mishap === 'lost-after') await next(...args)();
                return E.left(fault('outcome-unknown'));
              },
          };
          const store = intercepted(stored, interception);
          const guard = memoryGuard();
          const handlers = lists.map((): CommandHandler =>
            makeCommandHandler({
              repository: makeKeyringRepository({ store, decider: defaultDecider, guard, log: silent }),
              decider: defaultDecider,
              witnesses: guard.witnesses,
              memory: { keepRemovals: () => () => Promise.resolve(E.right(undefined)) },
              rows: {
                freeze: () => Promise.resolve(E.right(undefined)),
                unfreeze: () => Promise.resolve(),
              },
              keyringBytesInMemory: 10_000_000,
              log: silent,
            }),
          );
          let time = T0;
          const asked = ({ id, ...body }: Asked): Command => ({
            workspaceId: as(WorkspaceId, 'acme'),
            commandId: as(CommandId, id),
            issuedAt: T0 + 1,
            time: (time += 1),
            actor: { kind: 'user', id: as(ActorId, 'ada') },
            correlationId: as(CorrelationId, id),
            causationId: id,
            body,
          });
          const told: Answer[] = [];
          const working = handlers.map((handler, index) =>
            Promise.all(
              (lists[index] ?? []).map(async (one) => {
                const command = asked(one);
                told.push({ command, outcome: await handler.handle(command)() });
              }),
            ),
          );
          await scheduler.waitFor(Promise.all(working));
          interception.append = (next, ...args) => next(...args);
          interception.readStream = (next, ...args) => next(...args);

          const history = await historyOf(stored);
          const problems = [...brokenInvariants(history), ...scatteredCommands(history)];
          for (const { command, outcome } of told) {
            const mine = history.filter(({ envelope }) => envelope.commandId === command.commandId);
            if (E.isRight(outcome) && outcome.right.events.length > 0) {
              const events = outcome.right.events.map(({ event, envelope }) => ({ event, envelope }));
              if (JSON.stringify(mine) !== JSON.stringify(events)) {
                problems.push(`${command.commandId}: told other events than the stream has`);
              }
              const last = history
                .map(({ envelope }) => String(envelope.commandId))
                .lastIndexOf(command.commandId);
              if (outcome.right.revision !== last) {
                problems.push(`${command.commandId}: told another revision than it has`);
              }
            }
          }
          const full = defaultDecider.replay(defaultDecider.initialState, history);
          const nothing = { type: 'DestroyWorkspaceKeys' } as const;
          for (const [index, handler] of handlers.entries()) {
            const now = await expectRight(handler.handle(asked({ ...nothing, id: `look-${index}` })));
            if (textOf(now.keyring) !== textOf(full)) {
              problems.push(`service ${index} holds another keyring than the stream's`);
            }
          }
          if (problems.length > 0) throw new Error(problems.join('\n'));
        },
      ),
      { numRuns: longRuns(150) },
    );
  });
});
