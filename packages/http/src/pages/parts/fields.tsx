import type { Child } from 'hono/jsx';
import type { Visit } from '../frame/page';
import { WORDS } from '../words/words';

interface ActionFormParts {
  readonly visit: Visit;
  readonly action: string;
  readonly children?: Child;
  readonly class?: string;
  /** What it gives is a file: this page stays, and so does the form. */
  readonly isDownload?: boolean;
}

/** A form that does something: with the session's token, and a name for the act that stays the same when sent twice. */
export const ActionForm = ({
  visit,
  action,
  children,
  class: look = '',
  isDownload = false,
}: ActionFormParts) => (
  <form
    method="post"
    action={action}
    class={look}
    autocomplete="off"
    data-working={isDownload ? undefined : WORDS.working}
  >
    <input type="hidden" name="token" value={visit.token} />
    <input type="hidden" name="act" value={visit.newAct()} />
    {children}
  </form>
);

interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly type?: 'text' | 'date';
  readonly required?: boolean;
  readonly maxlength?: number;
}

/** A field of text. Its id is its name: a page has each once. */
export const Field = ({
  name,
  label,
  hint,
  value = '',
  type = 'text',
  required = false,
  maxlength,
}: FieldParts) => (
  <div class="field">
    <label for={name}>{label}</label>
    {hint !== undefined && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    <input
      id={name}
      name={name}
      type={type}
      value={value}
      required={required}
      maxlength={maxlength}
      autocomplete="off"
      spellcheck={false}
      aria-describedby={hint === undefined ? undefined : `${name}-hint`}
    />
  </div>
);

interface TextAreaParts extends Pick<FieldParts, 'name' | 'label' | 'value'> {
  readonly hint: string;
}

/** Text of several lines. */
export const TextArea = ({ name, label, hint, value = '' }: TextAreaParts) => (
  <div class="field">
    <label for={name}>{label}</label>
    <p class="hint" id={`${name}-hint`}>
      {hint}
    </p>
    <textarea id={name} name={name} rows={4} spellcheck={false} aria-describedby={`${name}-hint`}>
      {value}
    </textarea>
  </div>
);

interface ChoiceParts {
  readonly name: string;
  readonly value: string;
  readonly label: Child;
  readonly isChecked?: boolean;
  readonly kind?: 'checkbox' | 'radio';
  readonly hint?: string;
}

/** A box to tick, or one of several. */
export const Choice = ({ name, value, label, isChecked = false, kind = 'checkbox', hint }: ChoiceParts) => {
  const id = kind === 'radio' ? `${name}-${value}` : name;
  return (
    <div class="check">
      <input
        type={kind}
        id={id}
        name={name}
        value={value}
        checked={isChecked}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <label for={id}>
        {label}
        {hint !== undefined && (
          <span class="hint" id={`${id}-hint`}>
            {` ${hint}`}
          </span>
        )}
      </label>
    </div>
  );
};

/** The way back. Focus starts there where an act can't be taken back. */
export const Cancel = ({ to, isFirst = false }: { readonly to: string; readonly isFirst?: boolean }) => (
  <a class="button" href={to} data-cancel="" autofocus={isFirst}>
    {WORDS.cancel}
  </a>
);
