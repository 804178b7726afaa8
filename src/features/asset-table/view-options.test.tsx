import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import { renderWithClient } from '@/testing/render';

import { useTableView } from './use-table-view';
import { ViewOptions } from './view-options';

beforeEach(() => localStorage.clear());

function Page() {
  const [view, setView] = useTableView('comfyui');
  return (
    <>
      <ViewOptions kind="comfyui" view={view} onChange={setView} />
      <output>{JSON.stringify(view)}</output>
    </>
  );
}

const view = () => JSON.parse(screen.getByRole('status').textContent) as unknown;
const DEFAULTS = { density: 'comfortable', visibility: {}, shortcuts: true };

it('switches single-key shortcuts off, for good', async () => {
  const { user, unmount } = renderWithClient(<Page />);
  expect(view()).toEqual(DEFAULTS);
  // Popovers are the browser's own: here it only tells that it opened.
  const panel = screen.getByRole('dialog', { hidden: true });
  fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
  await user.click(screen.getByRole('checkbox', { name: 'Single-key shortcuts' }));
  expect(view()).toEqual({ ...DEFAULTS, shortcuts: false });
  unmount();
  renderWithClient(<Page />);
  expect(view()).toEqual({ ...DEFAULTS, shortcuts: false });
});

it.each(['not JSON', '{}', '{"shortcuts":"no"}'])('begins with them on, whatever is stored: %s', (stored) => {
  localStorage.setItem('winnow.table.comfyui', stored);
  renderWithClient(<Page />);
  expect(view()).toEqual(DEFAULTS);
});
