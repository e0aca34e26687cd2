import { attributes, type Html, html } from "../html.ts";

/** A labelled control with its error. */
export interface Field {
  /** Unique on the page. */
  id: string;
  name: string;
  label: string;
  /** What may be entered. */
  hint?: string;
  error?: string;
  /** The attributes of the control beyond its name, as for `<input>` or `<select>`. */
  control?: Record<string, string | number | boolean | null>;
}

function controlAttributes({ id, name, hint, error, control }: Field): Html {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return attributes({
    id,
    name,
    "aria-invalid": error ? "true" : null,
    "aria-describedby": described || null,
    ...control,
  });
}

function labelled(field: Field, control: Html): Html {
  return html`<div class="field">
    <label for="${field.id}">${field.label}</label>
    ${control}
    ${field.hint && html`<p class="hint" id="${field.id}-hint">${field.hint}</p>`}
    ${field.error && html`<p class="field-error" id="${field.id}-error">${field.error}</p>`}
  </div>`;
}

/** A line to type in. */
export function inputField(field: Field): Html {
  return labelled(field, html`<input${controlAttributes(field)}>`);
}

/** Lines to type in. */
export function textField(field: Field): Html {
  return labelled(field, html`<textarea rows="3"${controlAttributes(field)}></textarea>`);
}

/**
 * A choice of one.
 *
 * @param options pairs of posted value and shown words
 */
export function selectField(
  field: Field & { options: readonly (readonly [value: string, words: string])[]; chosen: string },
): Html {
  const options = field.options.map(
    ([value, words]) =>
      html`<option${attributes({ value, selected: value === field.chosen })}>${words}</option>`,
  );
  return labelled(field, html`<select${controlAttributes(field)}>${options}</select>`);
}
