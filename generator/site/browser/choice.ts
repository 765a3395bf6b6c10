export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'qapi-theme';

/** What the reader chose; storage may be forbidden, and then nothing is chosen. */
export function chosenTheme(): Theme {
  return THEMES.find((theme) => theme === stored()) ?? 'auto';
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Gives whether the choice will last. */
export function remember(theme: Theme): boolean {
  try {
    localStorage.setItem(KEY, theme);
    return true;
  } catch {
    return false;
  }
}

export function show(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
