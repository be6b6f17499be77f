import type { DataOf, KeyringEventType } from '@keyturn/domain';
import type { ProjectedEvent } from './projector';

/** What a projector does with an event of one type. `W` is what it works on. */
type EventHandler<T extends KeyringEventType, W> = (
  work: W,
  data: DataOf<T>,
  of: Pick<ProjectedEvent, 'envelope' | 'recorded'>,
) => void;

/** One for every type of event: a new type does not compile until each projector says what it does with it. */
export type EventHandlers<W> = { readonly [T in KeyringEventType]: EventHandler<T, W> };

/** For an event that says nothing to this projector. */
export const ignored = (): void => undefined;

const handleOf = <T extends KeyringEventType, W>(
  handlers: EventHandlers<W>,
  work: W,
  type: T,
  data: DataOf<T>,
  of: ProjectedEvent,
): void => {
  handlers[type](work, data, of);
};

/** Gives an event to the handler of its type. */
export const handleEvent = <W>(handlers: EventHandlers<W>, work: W, projected: ProjectedEvent): void => {
  const { event } = projected;
  handleOf(handlers, work, event.type, event.data, projected);
};
