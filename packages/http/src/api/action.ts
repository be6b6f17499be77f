import type { Action } from 'keyturn';
import { nothing, type Codec } from '../codecs/codec';
import { jsonAnswer } from './answer';
import { askStepUp } from './askStepUp';
import { askedOf, queryFace, type Asked } from './query';
import type { Route, RouteFace, Scope } from './route';

interface ActionRoute<S extends Scope, B, A> extends Pick<
  RouteFace,
  'id' | 'path' | 'summary' | 'tag' | 'isStepUp' | 'takesAdminCredential'
> {
  readonly description: string;
  readonly permission: Action;
  readonly scope: S;
  readonly body: Codec<B>;
  readonly answer: Codec<A>;
  readonly ask: (asked: Asked<S, object, object, B>) => Promise<A>;
}

/** What does something and is no act on a keyring: it has neither rehearsal nor idempotency. */
export const action = <S extends Scope, B, A>(route: ActionRoute<S, B, A>): Route => ({
  face: {
    ...queryFace(
      { ...route, isPaged: false, isLarge: false },
      { ...route, params: nothing, query: nothing },
      { isTagged: false, isStream: false },
    ),
    method: 'POST',
    isStepUp: route.isStepUp,
    takesAdminCredential: route.takesAdminCredential,
  },
  serve: async (serving) => {
    const asked = await askedOf(serving, { ...route, params: nothing, query: nothing });
    if (route.isStepUp) await askStepUp(serving, route.permission, asked.body);
    return jsonAnswer(200, route.answer, await route.ask(asked));
  },
});
