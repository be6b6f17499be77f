import type { KeyringEventType } from '@keyturn/domain';
import type { CallContext, Failure, Foreseen as ServiceForeseen } from '@keyturn/service';
import type { TaskEither } from 'fp-ts/TaskEither';
import { ACT_OPTIONS, callContext, readOnce, type ActContext, type ActOptions } from './context';
import type { Lifecycle } from './lifecycle';
import type { OwnWrites } from './ownWrites';
import { plain } from './results';
import { guarded, settled } from './settle';

/** One event that an act would record. */
export interface ForeseenEvent {
  readonly type: KeyringEventType;
  /** The event's own members, as `docs/audit-log.md` names them. */
  readonly data: object;
}

/** What an act would do, as things stand: by the domain's own decision, and nothing of it done. */
export interface Foreseen {
  readonly dryRun: true;
  /** What it would record, in this order; empty where there is nothing to do. */
  readonly events: ReadonlyArray<ForeseenEvent>;
  /** The revision that this was decided at: hand it to the act itself as `ifRevision`, so that it does exactly this. */
  readonly keyringRevision: number;
}

/**
 * An act on a keyring. With `dryRun` it says what would happen, and the refusal that would come is thrown; nothing is
 * written, sent or counted.
 */
export interface Act<Input, Result> {
  (ctx: ActContext, input: Input, options: ActOptions & { readonly dryRun: true }): Promise<Foreseen>;
  (ctx: ActContext, input: Input, options?: ActOptions & { readonly dryRun?: false }): Promise<Result>;
}

type UseCase<Input, Result> = (context: CallContext, input: Input) => TaskEither<Failure, Result>;

/** What acts are made with. */
export interface ActParts {
  readonly lifecycle: Lifecycle;
  readonly ownWrites: OwnWrites;
  /** @throws KeyturnFault `bad-option` where this Keyturn was opened to look alone */
  readonly refuseWrites: () => void;
  /** The same error, with what else is known of it. */
  readonly explained: (error: unknown) => Promise<unknown>;
}

/** What a use case would record, as callers get it. */
export const foreseen = async (task: TaskEither<Failure, ServiceForeseen>): Promise<Foreseen> => {
  const { events, keyringRevision } = await settled(task);
  return { dryRun: true, events: events.map(({ type, data }) => ({ type, data })), keyringRevision };
};

/** Makes an act of a use case. `answer` gives what the caller gets of its result. */
export const makeAct =
  ({ lifecycle, ownWrites, refuseWrites, explained }: ActParts) =>
  <Input, Result extends { readonly position: bigint | null }, Answer>(
    useCase: UseCase<Input, Result>,
    foresee: UseCase<Input, ServiceForeseen>,
    answer: (result: ReturnType<typeof plain<Result>>) => Answer | Promise<Answer>,
  ): Act<Input, Answer> => {
    const done = async (context: CallContext, input: Input): Promise<Answer> => {
      refuseWrites();
      try {
        const result = await settled(useCase(context, input));
        // A repeated act may have been recorded by another Keyturn, after all that this one knows of.
        if (result.position === null) ownWrites.doubt();
        else ownWrites.note(result.position);
        return await answer(plain(result));
      } catch (error) {
        ownWrites.doubt();
        throw await explained(error);
      }
    };
    function act(
      ctx: ActContext,
      input: Input,
      options: ActOptions & { readonly dryRun: true },
    ): Promise<Foreseen>;
    function act(
      ctx: ActContext,
      input: Input,
      options?: ActOptions & { readonly dryRun?: false },
    ): Promise<Answer>;
    function act(ctx: ActContext, input: Input, given: ActOptions = {}): Promise<Foreseen | Answer> {
      return guarded(() =>
        lifecycle.run((): Promise<Foreseen | Answer> => {
          const options = readOnce('options', given, ACT_OPTIONS);
          const context = callContext(ctx, options);
          return options.dryRun === true ? foreseen(foresee(context, input)) : done(context, input);
        }),
      );
    }
    return act;
  };
