import type { Child } from 'hono/jsx';
import { FIELD_NAMES, PAGE_PROBLEMS, PROBLEMS } from '../words/problems';
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

const fieldIn = ({ facts }: Problem): string | null => {
  const [, field]: readonly unknown[] = Object.entries(facts ?? {}).find(([name]) => name === 'field') ?? [];
  return typeof field === 'string' ? field : null;
};

/** The sentence with the field as the page calls it. */
const withFieldName = (problem: Problem): string => {
  const { detail } = problem;
  const field = fieldIn(problem);
  const name = field === null || !Object.hasOwn(FIELD_NAMES, field) ? undefined : FIELD_NAMES[field];
  return field === null || name === undefined || !detail.startsWith(`${field} `)
    ? detail
    : `${name}${detail.slice(field.length)}`;
};

/** What a problem is called, and what to do, for a person at a page. */
export const problemWords = (problem: Problem): { readonly title: string; readonly detail: string } => {
  const { type, title } = problem;
  return (
    PROBLEMS[type] ?? {
      title: Object.hasOwn(PAGE_PROBLEMS, type) ? title : WORDS.problem,
      detail: withFieldName(problem),
    }
  );
};

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
