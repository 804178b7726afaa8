import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { Suspense } from 'react';
import { expect, it, vi } from 'vitest';

import { preloadable } from './preloadable';

const Part = ({ name }: { name: string }) => <p>Part of {name}</p>;
const part = { default: Part };

/** Fails as the network does, after a while, until it is told otherwise. */
const failing = () =>
  vi.fn<() => Promise<typeof part>>(
    () => new Promise((_, reject) => void setTimeout(() => reject(new Error('offline')), 5)),
  );

it('shows at once what was loaded before', async () => {
  const Loaded = preloadable(() => Promise.resolve(part));
  await Loaded.preload();
  render(<Loaded name="fox" />);
  expect(screen.getByText('Part of fox')).toBeVisible();
});

it('says that a part cannot be loaded, leaves the rest alone, and tries again when asked to', async () => {
  const load = failing();
  const Broken = preloadable(load);
  // Nobody has asked for it yet.
  await Broken.preload();
  render(
    <>
      <p>The rest</p>
      <Suspense>
        <Broken name="fox" />
      </Suspense>
    </>,
  );
  expect(await screen.findByRole('alert')).toHaveTextContent('could not be loaded');
  expect(screen.getByText('The rest')).toBeVisible();
  // Before it was needed, when it was, and once more by itself.
  expect(load).toHaveBeenCalledTimes(3);

  const again = screen.getByRole('button', { name: 'Try again' });
  await userEvent.click(again);
  expect(screen.getByRole('alert')).toBeVisible();
  load.mockResolvedValue(part);
  await userEvent.click(again);
  expect(await screen.findByText('Part of fox')).toBeVisible();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('tries again for the next who needs it', async () => {
  const load = failing();
  const Broken = preloadable(load);
  const first = render(<Broken name="fox" />, { wrapper: Suspense });
  await screen.findByRole('alert');
  first.unmount();
  load.mockResolvedValue(part);
  render(<Broken name="owl" />, { wrapper: Suspense });
  expect(await screen.findByText('Part of owl')).toBeVisible();
});

it('leaves out in silence what can be done without', async () => {
  const load = failing();
  const Optional = preloadable(load, { isOptional: true });
  const { container } = render(<Optional name="fox" />, { wrapper: Suspense });
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  await vi.waitFor(() => expect(container).toBeEmptyDOMElement());
  expect(screen.queryByRole('alert')).toBeNull();
});
