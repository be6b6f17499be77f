import type { KnownOrNot } from 'keyturn';
import type { Form } from '../frame/form';
import { keptText, type Failed } from '../frame/page';
import { Choice } from '../parts/fields';
import { WORDS } from '../words/words';

const KNOWN: ReadonlyArray<KnownOrNot> = ['yes', 'no', 'unknown'];

interface KnownParts {
  readonly name: string;
  readonly label: string;
  readonly failed: Failed | null;
}

/** A question that nobody may have an answer to. */
export const Known = ({ name, label, failed }: KnownParts) => (
  <fieldset>
    <legend>{label}</legend>
    {KNOWN.map((known) => (
      <Choice
        kind="radio"
        name={name}
        value={known}
        label={WORDS.reportLeak.known[known]}
        isChecked={known === keptText(failed, name, 'unknown')}
      />
    ))}
  </fieldset>
);

/** What was answered; `unknown` for nothing. */
export const knownIn = (form: Form, name: string): KnownOrNot =>
  KNOWN.find((known) => known === form.text(name)) ?? 'unknown';

/** What was written; null for nothing. */
export const writtenIn = (form: Form, name: string): string | null => {
  const text = form.text(name).trim();
  return text === '' ? null : text;
};
