import { WORDS } from '../words/words';
import { Labelled } from './fields';

interface TimeFieldParts {
  readonly name: string;
  /** In which zone it is: UTC, or where there is a script the reader's own. */
  readonly label: (zone: string) => string;
  readonly hint?: string;
  /** Undefined for an empty field. */
  readonly at: number | undefined;
}

/** As a field has it: without seconds where they say nothing. */
const fieldText = (at: number): string => new Date(at).toISOString().slice(0, 19).replace(/:00$/, '');

/**
 * A time to fill in. It is sent in UTC. The script takes it in the reader's own zone, and says below what that is in
 * UTC: so an address means the same to everybody.
 */
export const TimeField = ({ name, label, hint, at }: TimeFieldParts) => (
  <Labelled name={name} label={label(WORDS.utc)} hint={hint}>
    <input
      id={name}
      name={name}
      type="datetime-local"
      value={at === undefined ? '' : fieldText(at)}
      autocomplete="off"
      aria-describedby={hint === undefined ? `${name}-utc` : `${name}-hint ${name}-utc`}
      data-zoned={label(WORDS.zone)}
    />
    <p class="hint" id={`${name}-utc`} />
  </Labelled>
);
