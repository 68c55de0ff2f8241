import { button } from './elements.ts';

const KEY = 'inverse-claims-theme';
const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

/** A button that goes from the system's theme to light, to dark, and back; it is remembered where that is allowed. */
export function addThemeSwitch(): void {
  let theme: Theme = THEMES.find((name) => name === remembered()) ?? 'auto';
  const show = () => {
    if (theme === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    control.textContent = `Theme: ${theme}`;
  };
  const control = button('', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;
    remember(theme);
    show();
  });
  control.className = 'theme';
  show();
  document.querySelector('nav')?.append(control);
}

/** Pages opened from files may have no storage. */
function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // The choice holds until the page is closed.
  }
}
