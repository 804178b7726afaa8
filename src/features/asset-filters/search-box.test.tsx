import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SearchBox } from './search-box';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** The box on a page whose URL follows it; `goTo` is what Back, a link or "Clear all" does to the URL. */
function open(first = '', { follows = true } = {}) {
  const searches: string[] = [];
  let goTo: (text: string) => void = () => undefined;
  let clearAll: () => void = () => undefined;
  function Page() {
    const [text, setText] = useState(first);
    const [clears, setClears] = useState(0);
    goTo = (next) => {
      act(() => setText(next));
    };
    clearAll = () => {
      act(() => setClears(clears + 1));
    };
    return (
      <SearchBox
        clears={clears}
        text={text}
        onSearch={(next) => {
          searches.push(next);
          if (follows) setText(next);
        }}
      />
    );
  }
  const { unmount } = render(<Page />);
  const box = screen.getByRole('searchbox', { name: 'Search by name' });
  return {
    box,
    searches,
    unmount,
    goTo: (text: string) => goTo(text),
    clearAll: () => clearAll(),
    type: (...texts: string[]) => {
      for (const value of texts) fireEvent.change(box, { target: { value } });
    },
    pass: (milliseconds: number) => {
      act(() => {
        vi.advanceTimersByTime(milliseconds);
      });
    },
    press: (key: string) => fireEvent.keyDown(box, { key }),
  };
}

describe('the search', () => {
  it('asks once for quick typing, 250 ms after the last key', () => {
    const { box, type, pass, searches } = open();
    type('f');
    pass(200);
    type('fo');
    pass(200);
    type('fox');
    pass(200);
    type('fo');
    pass(40);
    type('fox');
    pass(249);
    expect(searches).toEqual([]);
    pass(1);
    expect(searches).toEqual(['fox']);
    expect(box).toHaveValue('fox');
    pass(1_000);
    expect(searches).toEqual(['fox']);
  });

  it('asks at once on Enter, and not again afterwards', () => {
    const { type, press, pass, searches } = open();
    type('fox');
    press('Enter');
    expect(searches).toEqual(['fox']);
    pass(1_000);
    expect(searches).toEqual(['fox']);
  });

  it('asks without the spaces around, which stay in the box while typing goes on', () => {
    const { box, type, pass, searches } = open();
    type(' red ');
    pass(250);
    expect(searches).toEqual(['red']);
    expect(box).toHaveValue(' red ');
    type(' red fox');
    pass(250);
    expect(searches).toEqual(['red', 'red fox']);
  });

  it('asks nothing new when the text is as before', () => {
    const { type, pass, searches } = open('fox');
    type('foxy', 'fox');
    pass(1_000);
    expect(searches).toEqual([]);
  });

  it('asks once while the URL has not followed yet', () => {
    const { type, pass, searches } = open('', { follows: false });
    type('fox');
    pass(250);
    type('fox ');
    pass(250);
    expect(searches).toEqual(['fox']);
  });

  it('shows what the URL says when that changes', () => {
    const { box, goTo, type } = open('fox');
    goTo('hen');
    expect(box).toHaveValue('hen');
    type('hens');
    goTo('');
    expect(box).toHaveValue('');
  });

  it('drops what has not settled when all filters are cleared', () => {
    const { box, clearAll, type, pass, searches } = open();
    type('fox');
    clearAll();
    expect(box).toHaveValue('');
    pass(1_000);
    expect(searches).toEqual([]);
  });

  it('forgets what was being typed when the URL changes meanwhile', () => {
    const { box, goTo, type, pass, searches } = open('fox');
    type('foxes');
    pass(100);
    goTo('');
    pass(1_000);
    expect(searches).toEqual([]);
    expect(box).toHaveValue('');
  });

  it.each([
    ['Escape', () => fireEvent.keyDown(screen.getByRole('searchbox'), { key: 'Escape' })],
    ['its button', () => fireEvent.click(screen.getByRole('button', { name: 'Clear search' }))],
  ])('is cleared at once by %s', (_way, clear) => {
    const { box, type, pass, searches } = open('fox');
    type('foxes');
    clear();
    expect(box).toHaveValue('');
    expect(searches).toEqual(['']);
    pass(1_000);
    expect(searches).toEqual(['']);
  });

  it('has the focus again after its button was pressed', () => {
    const { box } = open('fox');
    fireEvent.click(screen.getByRole('button', { name: 'Clear search' }));
    expect(box).toHaveFocus();
  });

  it('asks nothing once it has left the page', () => {
    const { type, pass, unmount, searches } = open();
    type('fox');
    unmount();
    pass(1_000);
    expect(searches).toEqual([]);
  });
});
