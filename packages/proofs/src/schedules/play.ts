import type { CallContext, Failure, WriteResult } from '@keyturn/service';
import { isRefusal } from '@keyturn/service';
import * as E from 'fp-ts/Either';
import * as TE from 'fp-ts/TaskEither';
import type { Fault, Step, Turn } from './schedule';
import type { Site } from './site';

/** A command that was answered in the end, and how. */
export interface AnsweredCommand {
  readonly workspaceId: string;
  readonly commandId: string;
  readonly step: Step;
  readonly result: E.Either<Failure, WriteResult>;
}

interface Keys {
  readonly ids: string[];
  readonly pasted: Map<string, string>;
}

/** How often a caller sends a command that was not answered. */
const PATIENCE = 60;

/** Makes something go wrong, and gives what ends it once a step has met it. */
const breakServer = ({ server }: Site, fault: Fault): (() => void) => {
  const nothing = (): void => undefined;
  const each = server.nodes;
  switch (fault.kind) {
    case 'cut-before-commit':
      for (const { faults } of each) faults.dropBeforeCommit(1, fault.after);
      return nothing;
    case 'cut-after-commit':
      for (const { faults } of each) faults.dropAfterCommit(1, fault.after);
      return nothing;
    case 'time-out':
      for (const { faults } of each) faults.timeOutAfterCommit(1, fault.after);
      return nothing;
    case 'turn-away':
      for (const { faults } of each) faults.turnAway(1, fault.after);
      return nothing;
    case 'cut-read':
      for (const { faults } of each) faults.dropReadAfter(fault.after);
      return nothing;
    case 'cut-connections':
      for (const { faults } of each) faults.dropConnections();
      return nothing;
    case 'restart':
      server.restart();
      return nothing;
    case 'leader':
      each[fault.node]?.faults.becomeLeader();
      return nothing;
    case 'away':
      for (const { faults } of each) faults.refuse();
      return () => {
        for (const { faults } of each) faults.accept();
      };
  }
};

export const play = async (
  site: Site,
  turns: ReadonlyArray<Turn>,
  workspaces: ReadonlyArray<string>,
): Promise<ReadonlyArray<AnsweredCommand>> => {
  const { vendors, services } = site;
  const keysOf = workspaces.map((): Keys => ({ ids: [], pasted: new Map() }));
  const answered: AnsweredCommand[] = [];

  const made = (step: Step, commandId: string): TE.TaskEither<Failure, WriteResult> => {
    const service = services[step.service];
    const keys = keysOf[step.workspace];
    const workspaceId = workspaces[step.workspace];
    if (service === undefined || keys === undefined || workspaceId === undefined)
      throw new Error('There are two of each.');
    const context: CallContext = { workspaceId, actor: { kind: 'user', id: 'ada' }, commandId };
    const keyId = (n: number): string => keys.ids[n % Math.max(1, keys.ids.length)] ?? 'none';
    switch (step.kind) {
      case 'add': {
        const pasted = vendors.issueKey(step.vendor);
        const add = service.addKey(context, { vendor: step.vendor, pasted });
        return async () => {
          const added = await add();
          if (E.isRight(added)) {
            keys.ids.push(added.right.key.keyId);
            keys.pasted.set(added.right.key.keyId, pasted);
          }
          return added;
        };
      }
      case 'default':
        return service.setDefault(context, { keyId: keyId(step.key) });
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
          if (own !== undefined && own !== opened)
            throw new Error(`Run ${pin.runId} got another key's secret.`);
          return TE.right(pin);
        });
      case 'finish':
        return service.finishRun(context, { runId: `r${step.run}` });
    }
  };

  /** A caller that is not told the outcome sends the same command again, as the service tells it to. */
  const insist = async (step: Step, commandId: string, onAttempt: () => void): Promise<void> => {
    const send = made(step, commandId);
    for (let attempt = 1; ; attempt += 1) {
      const result = await send();
      onAttempt();
      if (E.isRight(result) || isRefusal(result.left) || attempt === PATIENCE) {
        answered.push({ workspaceId: workspaces[step.workspace] ?? '', commandId, step, result });
        return;
      }
    }
  };

  for (const [turn, { faults, steps }] of turns.entries()) {
    const mend = faults.map((fault) => breakServer(site, fault));
    const onAttempt = (): void => {
      for (const end of mend) end();
    };
    await Promise.all(steps.map((step, n) => insist(step, `c-${turn}-${n}`, onAttempt)));
  }
  return answered;
};
