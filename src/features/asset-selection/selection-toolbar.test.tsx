import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';

import { renderWithClient } from '@/testing/render';

import { SelectionToolbar } from './selection-toolbar';

function open(about: { allMarked?: boolean; allPinned?: boolean } = {}) {
  const onMark = vi.fn();
  const onPin = vi.fn();
  const { user } = renderWithClient(
    <SelectionToolbar
      count={3}
      outside={0}
      allMarked={false}
      allPinned={false}
      onRemoveTags={null}
      onMark={onMark}
      onPin={onPin}
      onDelete={() => undefined}
      onClear={() => undefined}
      {...about}
    />,
  );
  return { user, onMark, onPin, press: (name: string) => user.click(screen.getByRole('button', { name })) };
}

describe('the selection toolbar', () => {
  it('marks and pins what is ticked', async () => {
    const { press, onMark, onPin } = open();
    await press('Mark for deletion');
    await press('Pin');
    expect(onMark).toHaveBeenCalledExactlyOnceWith(true);
    expect(onPin).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('takes marks and pins off once all that is ticked has them', async () => {
    const { press, onMark, onPin } = open({ allMarked: true, allPinned: true });
    await press('Unmark');
    await press('Unpin');
    expect(onMark).toHaveBeenCalledExactlyOnceWith(false);
    expect(onPin).toHaveBeenCalledExactlyOnceWith(false);
  });
});
