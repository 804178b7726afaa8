import { SunMoon } from 'lucide-react';

import { useStored } from '@/lib/use-stored';
import { Popover } from '@/ui/popover';

const THEMES = [
  { value: 'system', label: 'Like the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** public/theme.js does the same before the first paint. */
function applyTheme(theme: string) {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function ThemeMenu() {
  const [theme, setTheme] = useStored('winnow.theme', 'system');

  function choose(value: string) {
    setTheme(value);
    applyTheme(value);
  }

  return (
    <Popover
      label="Theme"
      buttonProps={{ look: 'quiet', size: 'icon', 'aria-label': 'Theme', title: 'Theme' }}
      trigger={<SunMoon aria-hidden className="size-4" />}
    >
      <fieldset>
        <legend className="mb-1 text-xs font-medium text-muted">Theme</legend>
        {THEMES.map(({ value, label }) => (
          <label key={value} className="flex h-8 items-center gap-2 rounded px-1 pr-3 hover:bg-hover">
            <input
              type="radio"
              name="theme"
              className="size-4 accent-accent"
              checked={theme === value}
              onChange={() => choose(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </Popover>
  );
}
