import { fireEvent, screen, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';

import { DEFAULT_QUERY } from '@/domain/asset-query';
import { writeStored } from '@/lib/use-stored';
import { parseSaved, SAVED_NAME } from '@/library/saved/saved-items';
import { renderWithClient } from '@/testing/render';
import { clearToasts, Toaster } from '@/ui/toaster';

import SaveViewButton from './save-view-button';

const kept = () => parseSaved(localStorage.getItem(SAVED_NAME) ?? '')!.views;
const open = (text: string) => {
  const query = { ...DEFAULT_QUERY, text, page: 3 };
  const { user, unmount } = renderWithClient(
    <>
      <SaveViewButton kind="comfyui" query={query} where="unused:90" />
      <Toaster />
    </>,
  );
  const panel = screen.getByRole('dialog', { name: 'Save this view', hidden: true });
  // The browser of unit tests has no popovers: they tell of themselves by this event.
  fireEvent(panel, Object.assign(new Event('toggle'), { newState: 'open' }));
  return { user, unmount, panel: within(panel) };
};

beforeEach(() => {
  clearToasts();
  writeStored(SAVED_NAME, '');
});

it('keeps what the table shows under a name, or in the place of another view, with a way back', async () => {
  const first = open('fox');
  const field = first.panel.getByRole('textbox', { name: 'Name of the view' });
  expect(field).toHaveValue('Name contains “fox”, Not used for 90 days');
  await first.user.clear(field);
  await first.user.type(field, 'Foxes{Enter}');
  expect(kept()).toMatchObject([{ name: 'Foxes', query: { text: 'fox', index: { unusedDays: 90 } } }]);
  expect(kept()[0]?.query).not.toHaveProperty('page');
  first.unmount();

  const second = open('hen');
  await second.user.click(second.panel.getByRole('button', { name: 'Foxes' }));
  expect(kept()).toMatchObject([{ name: 'Foxes', query: { text: 'hen' } }]);
  await second.user.click(screen.getByRole('button', { name: 'Undo' }));
  expect(kept()).toMatchObject([{ name: 'Foxes', query: { text: 'fox' } }]);
});
