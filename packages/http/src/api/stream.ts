import type { Codec } from '../codecs/codec';
import { askedOf, queryFace, type Asked } from './query';
import type { Route, RouteFace, Scope } from './route';

interface StreamRoute<S extends Scope, P, Q, A> extends Pick<
  RouteFace,
  'id' | 'path' | 'summary' | 'tag' | 'permission' | 'isPaged' | 'isLarge'
> {
  readonly description?: string;
  readonly scope: S;
  readonly params: Codec<P>;
  readonly query: Codec<Q>;
  readonly body: Codec<undefined>;
  /** Of one line. */
  readonly answer: Codec<A>;
  readonly ask: (asked: Asked<S, P, Q, undefined>) => AsyncIterable<A>;
}

/** A route that answers with a line of JSON for each entry, as they are read: nothing is cut. */
export const stream = <S extends Scope, P, Q, A>(route: StreamRoute<S, P, Q, A>): Route => ({
  face: queryFace(route, route, { isTagged: false, isStream: true }),
  serve: async (serving) => {
    const entries = route.ask(await askedOf(serving, route))[Symbol.asyncIterator]();
    // A refusal comes with the first entry: it is still a problem of its own then, and not a stream that breaks off.
    let read = await entries.next();
    const headers = { 'Content-Type': 'application/x-ndjson' };
    if (serving.request.method === 'HEAD') {
      await entries.return?.();
      return new Response(null, { status: 200, headers });
    }
    const encoder = new TextEncoder();
    const lines = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        try {
          if (read.done === true) return controller.close();
          controller.enqueue(encoder.encode(`${JSON.stringify(route.answer.encode(read.value))}\n`));
          read = await entries.next();
        } catch (error) {
          // The answer breaks off, so that nobody takes it for a whole one. Why is for this side to know.
          serving.options.onFault?.({ error, method: 'GET', path: route.path });
          controller.error(new Error('broken off'));
        }
      },
      cancel: async () => {
        await entries.return?.();
      },
    });
    return new Response(lines, { status: 200, headers });
  },
});
