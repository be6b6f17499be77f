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

interface LabelledParts {
  /** The id of what is labelled. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly children?: Child;
}

/** A label, and a hint, for what is between them. */
export const Labelled = ({ name, label, hint, children }: LabelledParts) => (
  <div class="field">
    <label for={name}>{label}</label>
    {hint !== undefined && (
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    )}
    {children}
  </div>
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
  <Labelled name={name} label={label} hint={hint}>
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
  </Labelled>
);

interface TextAreaParts extends Pick<FieldParts, 'name' | 'label' | 'value'> {
  readonly hint: string;
}

/** Text of several lines. */
export const TextArea = ({ name, label, hint, value = '' }: TextAreaParts) => (
  <Labelled name={name} label={label} hint={hint}>
    <textarea id={name} name={name} rows={4} spellcheck={false} aria-describedby={`${name}-hint`}>
      {value}
    </textarea>
  </Labelled>
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

interface SendOrCancelParts {
  readonly name: string;
  readonly cancel: string;
  /** It can't be taken back, or stops what works: focus starts on the way back. */
  readonly isFinal?: boolean;
}

/** The end of a form. */
export const SendOrCancel = ({ name, cancel, isFinal = false }: SendOrCancelParts) => (
  <div class="buttons">
    {isFinal && <Cancel to={cancel} isFirst={true} />}
    <button type="submit" class={isFinal ? 'danger' : 'first'}>
      {name}
    </button>
    {!isFinal && <Cancel to={cancel} />}
  </div>
);
