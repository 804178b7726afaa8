import { render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';

import type { JsonValue } from '@/domain/asset';

import { MetadataTree } from './metadata-tree';

const show = (metadata: Record<string, JsonValue>) => {
  const user = userEvent.setup();
  render(<MetadataTree metadata={metadata} />);
  return user;
};

const entry = (key: string) => screen.getByText(key, { selector: 'bdi' }).closest('li');

describe('MetadataTree', () => {
  it('shows plain values at once, each as what it is', () => {
    show({ prompt: 'a fox', seed: 42, upscaled: false, parent: null, loras: [], '': 'no key' });
    expect(entry('prompt')).toHaveTextContent('prompt: a fox');
    expect(entry('seed')).toHaveTextContent('seed: 42');
    expect(entry('upscaled')).toHaveTextContent('upscaled: false');
    expect(entry('parent')).toHaveTextContent('parent: null');
    expect(entry('loras')).toHaveTextContent('loras: []');
    expect(screen.getByText('no key')).toBeVisible();
  });

  it('keeps what is closed out of the document', async () => {
    const user = show({ workflow: { nodes: [{ type: 'KSampler' }] } });
    expect(screen.queryByText('nodes')).not.toBeInTheDocument();
    await user.click(screen.getByText('workflow'));
    expect(screen.getByText('nodes')).toBeVisible();
    expect(screen.getByText('1 item')).toBeVisible();
    expect(screen.queryByText('KSampler')).not.toBeInTheDocument();
    await user.click(screen.getByText('workflow'));
    expect(screen.queryByText('nodes')).not.toBeInTheDocument();
  });

  it('shows 200 entries of a level, and more on demand', async () => {
    const user = show(Object.fromEntries(Array.from({ length: 450 }, (_, index) => [`key-${index}`, index])));
    expect(screen.getAllByRole('listitem')).toHaveLength(201);
    await user.click(screen.getByRole('button', { name: '250 more…' }));
    await user.click(screen.getByRole('button', { name: '50 more…' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(450);
  });

  it('clamps long text, and a text of a megabyte even when all is asked for', async () => {
    const user = show({ prompt: 'x'.repeat(1_000_000) });
    const text = () => within(entry('prompt') as HTMLElement).getByText(/^x+$/).textContent.length;
    expect(text()).toBe(300);
    await user.click(screen.getByRole('button', { name: 'Show all of prompt' }));
    expect(text()).toBe(20_000);
    expect(screen.getByText(/980,000 more characters/)).toBeVisible();
  });

  it('never takes text for markup', () => {
    show({ prompt: '<img src=x onerror=alert(1)>' });
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });

  it('stops indenting at some depth and shows JSON', async () => {
    let nested: JsonValue = { bottom: true };
    for (let depth = 0; depth < 12; depth += 1) nested = { [`level-${12 - depth}`]: nested };
    const user = show(nested);
    for (let depth = 1; depth <= 12; depth += 1) await user.click(screen.getByText(`level-${depth}`));
    expect(screen.getByText('{"bottom":true}')).toBeVisible();
  });

  it('says so where even JSON is too deep to be written out', async () => {
    let nested: JsonValue = { bottom: true };
    for (let depth = 0; depth < 100_000; depth += 1) nested = { a: nested };
    const user = show({ top: nested });
    await user.click(screen.getByText('top'));
    for (let depth = 1; depth < 12; depth += 1) {
      const [deepest] = screen.getAllByText('a').slice(-1);
      await user.click(deepest!);
    }
    expect(screen.getByText('(nested too deeply to be written out)')).toBeVisible();
  });

  it('copies everything as JSON', async () => {
    const metadata = { workflow: { nodes: [1, 2] } };
    const user = show(metadata);
    await user.click(screen.getByRole('button', { name: 'Copy metadata as JSON' }));
    expect(JSON.parse(await navigator.clipboard.readText())).toEqual(metadata);
  });

  it('says when there is none', () => {
    show({});
    expect(screen.getByText('No metadata.')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
