import { PASTED } from '../frame/form';
import { Labelled } from './fields';

interface PasteFieldParts {
  readonly label: string;
  readonly hint: string;
  /** What is said below. */
  readonly advice?: string;
  readonly required?: boolean;
}

/** The one field for what is secret. What is pasted there is never sent back: the field has no value. */
export const PasteField = ({ label, hint, advice, required = true }: PasteFieldParts) => (
  <Labelled name={PASTED} label={label} hint={hint}>
    <input
      id={PASTED}
      name={PASTED}
      type="password"
      class="secret"
      required={required}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      aria-describedby={advice === undefined ? 'pasted-hint' : 'pasted-hint pasted-advice'}
    />
    {advice !== undefined && (
      <p class="hint" id="pasted-advice">
        {advice}
      </p>
    )}
  </Labelled>
);
