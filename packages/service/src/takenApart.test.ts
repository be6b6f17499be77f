import { expect, test } from '@jest/globals';
import { defaultDecider } from '@keyturn/domain';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import { makeCommandHandler, type Handled } from './commandHandler';
import { callerOf, commandOf } from './context';
import { ServiceFault, type Failure } from './failure';
import { makeFrozenRows } from './frozenRows';
import { makeKeyringRepository } from './keyringRepository';
import { makeWitnesses } from './log/witnesses';
import { silent } from './options';
import { startBody } from './runRequests';
import { addedKey, freshSite } from './testSupport/site';

const site = freshSite();

test('I-32: a command that can’t be encoded fails by itself, and those that waited with it are written', async () => {
  await addedKey(site());
  const { eventStore, vault } = site();
  const witnesses = makeWitnesses(vault, silent);
  const guard = { seals: vault, witnesses };
  const real = makeKeyringRepository({ store: eventStore, decider: defaultDecider, guard, log: silent });
  const handler = makeCommandHandler({
    repository: {
      ...real,
      append: (workspaceId, head, events) =>
        events.some(({ envelope }) => envelope.commandId === 'slipped-through')
          ? TE.left(new ServiceFault('unencodable-event', 'It can’t be encoded.'))
          : real.append(workspaceId, head, events),
    },
    decider: defaultDecider,
    rows: makeFrozenRows(vault, witnesses, silent),
    witnesses,
    memory: vault,
    keyringBytesInMemory: 1,
    log: silent,
  });
  const start = (commandId: string): Promise<E.Either<Failure, Handled>> => {
    const caller = callerOf(site().as({ commandId }), Date.now());
    const body = startBody({ runId: commandId });
    const command = E.isRight(caller) && E.isRight(body) ? commandOf(caller.right, 1, body.right) : null;
    if (command === null) throw new Error('no command');
    return handler.handle(command)();
  };
  const outcomes = await Promise.all(['a', 'slipped-through', 'c'].map(start));
  await handler.settled();
  expect(outcomes).toMatchObject([
    { _tag: 'Right' },
    { _tag: 'Left', left: { code: 'unencodable-event' } },
    { _tag: 'Right' },
  ]);
});
