import type { Child } from 'hono/jsx';
import { PAGE_PROBLEMS, PROBLEMS } from '../words/problems';
import { WORDS } from '../words/words';
import type { Failed } from '../frame/page';
import type { Problem } from '../../problems/problem';

/** Something that has to be seen. */
export const Note = ({
  tone,
  children,
  role,
}: {
  readonly tone: 'good' | 'bad' | 'open';
  readonly children?: Child;
  readonly role?: 'alert' | 'status';
}) => (
  <div class={`note ${tone}`} role={role}>
    {children}
  </div>
);

/** What a problem is called, and what to do, for a person at a page. */
export const problemWords = ({
  type,
  title,
  detail,
}: Problem): { readonly title: string; readonly detail: string } =>
  PROBLEMS[type] ?? { title: Object.hasOwn(PAGE_PROBLEMS, type) ? title : WORDS.problem, detail };

/** Why a form came to nothing. */
export const FailedNote = ({ failed }: { readonly failed: Failed | null }) => {
  if (failed === null) return <></>;
  const { title, detail } = problemWords(failed.problem);
  return (
    <Note tone="bad" role="alert">
      <h2>{title}</h2>
      <p>{detail}</p>
    </Note>
  );
};
