import type { EnvelopedEvent } from '../envelope';
import type { Draft } from './draft';
import { fold } from './folds';

/**
 * Folds one event in. Total: an event that deciding would never give here (of a key never added, say) changes what it
 * sensibly can and nothing else.
 */
export const applyEvent = (draft: Draft, { event, envelope }: EnvelopedEvent): void => {
  // What it disowns has revisions of its own, and counts for nothing else.
  if (event.type === 'EventsDisowned') draft.passOver(event.data.to);
  draft.enter(envelope);
  fold(event.type, draft, event.data, envelope.time);
};
