import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { comfyProvider, pretendNetwork } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import { TagFilter } from './tag-filter';

const network = pretendNetwork();
const provider = comfyProvider();

beforeEach(() => {
  network.serveComfy([
    { tags: ['output', 'portrait', 'has,comma'] },
    { tags: ['output', 'portrait'] },
    { tags: ['output', 'post'] },
  ]);
});

function open(taken: readonly string[] = []) {
  const onAdd = vi.fn();
  const rendered = renderWithClient(
    <TagFilter provider={provider} label="Include tags" placeholder="" taken={taken} onAdd={onAdd} />,
  );
  const box = screen.getByRole('combobox', { name: 'Include tags' });
  const shown = () => screen.queryAllByRole('option').map((option) => option.textContent);
  const highlighted = () => document.getElementById(box.getAttribute('aria-activedescendant') ?? '-');
  return { ...rendered, box, onAdd, shown, highlighted };
}

const suggestions = () => screen.findByRole('listbox', { name: 'Include tags: suggestions' });

describe('tag suggestions', () => {
  it('come with their counts, most used first, and only once somebody looks', async () => {
    const { user, box, shown } = open();
    expect(network.sent).toEqual([]);
    await user.click(box);
    await suggestions();
    expect(shown()).toEqual(['output3', 'portrait2', 'post1']);
    expect(box).toHaveAttribute('aria-expanded', 'true');
    expect(box).toHaveAttribute('aria-controls', screen.getByRole('listbox').id);
  });

  it('leave out what is taken, and follow the text without asking again', async () => {
    const { user, box, shown } = open(['post']);
    await user.type(box, 'PO');
    await suggestions();
    expect(shown()).toEqual(['portrait2']);
    expect(network.requests('GET /api/tags')).toHaveLength(1);
  });

  it('are asked for by prefix when the most used ones do not have it', async () => {
    const { user, box } = open();
    await user.type(box, 'rare');
    await waitFor(() => expect(network.sent.at(-1)).toContain('prefix=rare'));
    expect(box).toHaveAttribute('aria-expanded', 'false');
  });
});

describe('the keyboard', () => {
  it('walks through the suggestions and round, and takes one with Enter', async () => {
    const { user, box, onAdd, highlighted } = open();
    await user.click(box);
    await suggestions();
    expect(highlighted()).toBeNull();
    await user.keyboard('{ArrowDown}');
    expect(highlighted()).toHaveTextContent('output');
    expect(highlighted()).toHaveAttribute('aria-selected', 'true');
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(highlighted()).toHaveTextContent('output');
    await user.keyboard('{ArrowUp}');
    expect(highlighted()).toHaveTextContent('post');
    await user.keyboard('{Enter}');
    expect(onAdd).toHaveBeenCalledExactlyOnceWith('post');
    expect(box).toHaveAttribute('aria-expanded', 'false');
    expect(box).toHaveFocus();
  });

  it('opens the list again from the last with ArrowUp', async () => {
    const { user, box, highlighted } = open();
    await user.click(box);
    await suggestions();
    await user.keyboard('{Escape}');
    expect(box).toHaveAttribute('aria-expanded', 'false');
    expect(box).not.toHaveAttribute('aria-activedescendant');
    await user.keyboard('{ArrowUp}');
    expect(highlighted()).toHaveTextContent('post');
  });

  it('takes with Enter what was typed when nothing is highlighted', async () => {
    const { user, box, onAdd } = open();
    await user.type(box, '  my own tag  {Enter}');
    expect(onAdd).toHaveBeenCalledExactlyOnceWith('my own tag');
    expect(box).toHaveValue('');
  });

  it('does not take a highlight that the text has left behind', async () => {
    const { user, box, onAdd } = open();
    await user.click(box);
    await suggestions();
    await user.keyboard('{ArrowDown}por{Enter}');
    expect(onAdd).toHaveBeenCalledExactlyOnceWith('por');
  });

  it('is the input method’s while that composes a word', async () => {
    const { user, box, onAdd } = open();
    await user.type(box, 'po');
    await suggestions();
    for (const key of ['ArrowDown', 'Enter', 'Escape']) fireEvent.keyDown(box, { key, isComposing: true });
    expect(onAdd).not.toHaveBeenCalled();
    expect(box).toHaveAttribute('aria-expanded', 'true');
    expect(box).not.toHaveAttribute('aria-activedescendant');
  });
});

it('a tag with a comma is refused, and said to be', async () => {
  const { user, box, onAdd } = open();
  await user.type(box, 'a,b{Enter}');
  expect(onAdd).not.toHaveBeenCalled();
  expect(box).toBeInvalid();
  expect(box).toHaveAccessibleDescription('The provider cannot filter on a tag with a comma');
  await user.clear(box);
  expect(box).toBeValid();
});

it('a suggestion can be clicked', async () => {
  const { user, box, onAdd } = open();
  await user.click(box);
  await user.click(await screen.findByRole('option', { name: /portrait/ }));
  expect(onAdd).toHaveBeenCalledExactlyOnceWith('portrait');
  expect(box).toHaveFocus();
});
