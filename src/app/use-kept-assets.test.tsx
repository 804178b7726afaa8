import { act, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { createKeptAssets } from '@/cleanup/kept-assets';
import { anAsset } from '@/testing/assets';
import { renderWithClient } from '@/testing/render';

import { useKeptAssets } from './use-kept-assets';

it('follows one connection, and is drawn for no other', async () => {
  const marks = createKeptAssets('marks');
  const drawn = vi.fn();
  function Marked() {
    const ids = [...useKeptAssets(marks, 'cloud').keys()];
    drawn();
    return <output>{ids.join()}</output>;
  }
  renderWithClient(<Marked />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  await waitFor(() => expect(marks.view().all).not.toBeNull());
  drawn.mockClear();
  await act(() => marks.add('studio', [anAsset({ id: 'hen' })]));
  expect(drawn).not.toHaveBeenCalled();
  await act(() => marks.add('cloud', [anAsset({ id: 'fox' })]));
  expect(screen.getByRole('status')).toHaveTextContent('fox');
  await act(() => marks.remove('cloud', ['fox']));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  marks.close();
});
