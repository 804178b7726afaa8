import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { longName } from './long-name';

function parts(name: string) {
  render(<p>{longName(name)}</p>);
  const whole = screen.getByRole('paragraph');
  return {
    text: whole.textContent,
    parts: [...whole.querySelectorAll('span')].map((each) => each.textContent),
  };
}

describe('a name on one line', () => {
  it('that is long keeps its end in view, and its text whole', () => {
    const name = 'Lecture series “Tides” · Video · 18 Nov 2026 · 36060da5.mp4';
    expect(parts(name)).toEqual({ text: name, parts: [name.slice(0, -14), '· 36060da5.mp4'] });
  });

  it.each(['fox.png', 'تقرير عن حالة الطقس في المدينة الكبيرة', 'a family portrait taken in summer 👨‍👩‍👧'])(
    'is left alone where it is short, or its end could be torn: %s',
    (name) => {
      expect(parts(name)).toEqual({ text: name, parts: [] });
    },
  );
});
