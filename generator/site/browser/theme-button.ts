import { chosenTheme, remember, show, THEMES, type Theme } from './choice.js';

const SIGNS: Readonly<Record<Theme, string>> = { auto: '◐', light: '☀', dark: '☾' };
const LABELS: Readonly<Record<Theme, string>> = {
  auto: 'Theme: as the system has it',
  light: 'Theme: light',
  dark: 'Theme: dark',
};

/** The button goes round: as the system, light, dark. */
export function startTheme(): void {
  const button = document.getElementById('theme');
  if (button === null) return;
  let theme = chosenTheme();
  const label = (): void => {
    button.textContent = SIGNS[theme];
    button.title = LABELS[theme];
    button.setAttribute('aria-label', LABELS[theme]);
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'auto';
    show(theme);
    remember(theme);
    label();
  });
  label();
  button.hidden = false;
}
