import type { Visit } from '../frame/page';
import { WORDS } from '../words/words';

/** To the next page of a list, with the same filters. */
export const More = ({
  visit,
  path,
  next,
}: {
  readonly visit: Visit;
  readonly path: string;
  readonly next: string | null;
}) => {
  if (next === null) return <></>;
  const query = new URLSearchParams(visit.query);
  query.delete('notice');
  query.set('cursor', next);
  return (
    <p class="buttons">
      <a class="button" href={visit.here(`${path}?${query.toString()}`)}>
        {WORDS.nextPage}
      </a>
    </p>
  );
};
