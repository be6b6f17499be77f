/** Text from outside. It is a thing of its own where it runs the other way. */
export const Text = ({ children }: { readonly children: string }) => <bdi>{children}</bdi>;

/** RFC 3339 in UTC. */
const isoOf = (instant: number): string => new Date(instant).toISOString();

/** To the second, as everywhere in Keyturn: `2026-11-23 07:36:33Z`. */
export const readableTime = (instant: number): string => `${isoOf(instant).slice(0, 19).replace('T', ' ')}Z`;

/** A time, in UTC. */
export const Time = ({ at }: { readonly at: number }) => (
  <time class="time" datetime={isoOf(at)}>
    {readableTime(at)}
  </time>
);

/** `1 run`, `2 runs`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
