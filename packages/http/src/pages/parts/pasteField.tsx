import { PASTED } from '../frame/form';

interface PasteFieldParts {
  readonly label: string;
  readonly hint: string;
  /** What is said below. */
  readonly advice?: string;
  readonly required?: boolean;
}

/** The one field for what is secret. What is pasted there is never sent back: the field has no value. */
export const PasteField = ({ label, hint, advice, required = true }: PasteFieldParts) => (
  <div class="field">
    <label for={PASTED}>{label}</label>
    <p class="hint" id="pasted-hint">
      {hint}
    </p>
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
  </div>
);
