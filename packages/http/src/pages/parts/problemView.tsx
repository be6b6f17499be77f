import type { Problem } from '../../problems/problem';
import type { View } from '../frame/page';
import { WORDS } from '../words/words';
import { problemWords } from './note';

/** A page that says what went wrong, where no form can be shown again. */
export const problemView = (problem: Problem, home: string): View => {
  const { title, detail } = problemWords(problem);
  return {
    title,
    screen: null,
    status: problem.status,
    body: (
      <>
        <h1>{title}</h1>
        <p>{detail}</p>
        <p class="buttons">
          <a class="button" href={home}>
            {WORDS.back}
          </a>
        </p>
      </>
    ),
  };
};
