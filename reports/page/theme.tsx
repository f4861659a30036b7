import { useLayoutEffect, useState } from 'preact/hooks';

const THEMES = ['auto', 'light', 'dark'] as const;

/** Light, dark, or as the system is; the page opens as the system is. */
export function ThemeButton() {
  const [nth, setNth] = useState(0);
  const theme = THEMES[nth];
  useLayoutEffect(() => {
    if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
    else document.documentElement.setAttribute('data-theme', theme);
  }, [theme]);
  return (
    <button type="button" class="theme" onClick={() => setNth((nth + 1) % THEMES.length)}>
      Theme: {theme}
    </button>
  );
}
