/** A button with a text. */
export function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

/** A button that is on or off; told what it became. */
export function toggle(text: string, pressed: boolean, changed: (pressed: boolean) => void): HTMLButtonElement {
  const made = button(text, () => {
    const now = made.getAttribute('aria-pressed') !== 'true';
    made.setAttribute('aria-pressed', String(now));
    changed(now);
  });
  made.setAttribute('aria-pressed', String(pressed));
  return made;
}

/** A choice of one of several, by its value. */
export function choice(
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  changed: (value: string) => void,
): HTMLSelectElement {
  const made = document.createElement('select');
  made.setAttribute('aria-label', label);
  for (const [value, text] of options) made.append(new Option(text, value));
  made.addEventListener('change', () => changed(made.value));
  return made;
}

/** Every element of the document that the selector finds. */
export function all<Kind extends HTMLElement = HTMLElement>(selector: string): Kind[] {
  return [...document.querySelectorAll<Kind>(selector)];
}
