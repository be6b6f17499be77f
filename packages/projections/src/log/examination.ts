import { workspaceOfStream } from '@keyturn/domain';
import type { RecordedEvent } from '@keyturn/event-store';
import type { StreamState } from '../database/streamStates';
import type { ProjectedEvent } from '../runtime/projector';
import { type Following, StreamFollower } from './streamFollower';

/** What a batch gives a projection. */
export interface Examined {
  /** Whole commands that fit their streams, in the store's order. */
  readonly events: ReadonlyArray<ProjectedEvent>;
  /** Where the streams of the batch stand behind it. */
  readonly states: ReadonlyArray<StreamState>;
}

/**
 * Examines a batch for one generation of a projection: of every stream only what fits it is projected. One that is
 * damaged ends where it is damaged, and holds up no other. Rejects with a `ProjectionFault` where the store is away.
 */
export const examine = async (
  batch: ReadonlyArray<RecordedEvent>,
  stateOf: (stream: string) => StreamState,
  following: Following,
): Promise<Examined> => {
  const followers = new Map<string, StreamFollower>();
  const followerOf = (stream: string): StreamFollower => {
    const known = followers.get(stream) ?? new StreamFollower(stateOf(stream), following);
    followers.set(stream, known);
    return known;
  };
  const events: ProjectedEvent[] = [];
  for (const event of batch) {
    // Others' streams are left out by the store; one that does not is no reason to stop.
    if (workspaceOfStream(event.stream) === null) continue;
    events.push(...(await followerOf(event.stream).take(event)));
  }
  for (const follower of followers.values()) events.push(...(await follower.end()));
  return {
    events: events.filter(
      ({ recorded }) => followers.get(recorded.stream)?.projects(recorded.revision) === true,
    ),
    states: [...followers.values()].map((follower) => follower.state()),
  };
};
