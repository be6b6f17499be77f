import type { EnvelopedEvent } from '../envelope';
import type { Draft } from './draft';
import { fold } from './folds';

/**
 * Folds one event in. Total: an event that deciding would never give here (of a key never added, say) changes what it
 * sensibly can and nothing else.
 */
export const applyEvent = (draft: Draft, { event, envelope }: EnvelopedEvent): void => {
  draft.enter(envelope);
  fold(event.type, draft, event.data, envelope.time);
};
