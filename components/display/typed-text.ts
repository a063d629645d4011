type TextBox = HTMLInputElement | HTMLTextAreaElement;

/** What a person types into; a search box is no loss. */
function isTextBox(target: EventTarget): target is TextBox {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly;
  if (!(target instanceof HTMLInputElement) || target.readOnly || target.role === 'combobox') return false;
  return ['text', 'email', 'tel', 'url', 'password', 'number', 'date'].includes(target.type);
}

/** Remembers text boxes as a person found them, so that it can be told whether anything was typed. */
export class TypedText {
  readonly #found = new Map<TextBox, string>();

  /** A box was entered. */
  enter(target: EventTarget): void {
    if (isTextBox(target) && !this.#found.has(target)) this.#found.set(target, target.value);
  }

  /** Does a box that is still there hold something else than it was found with? */
  get any(): boolean {
    return [...this.#found].some(([box, value]) => box.isConnected && box.value !== value);
  }
}
