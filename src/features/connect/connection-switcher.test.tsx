import { screen, within } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { comfyConnection } from '@/testing/pretend-network';
import { renderWithClient } from '@/testing/render';

import { ConnectionSwitcher } from './connection-switcher';

const cloud = comfyConnection();
const demo = comfyConnection({ id: 'demo-comfy', label: 'Demo: Comfy', demo: true });

it('names the libraries, made-up ones apart, and switches', async () => {
  const onSwitch = vi.fn();
  const { user } = renderWithClient(
    <ConnectionSwitcher connections={[cloud, demo]} current={cloud} onSwitch={onSwitch} />,
  );
  const switcher = screen.getByRole('combobox', { name: 'Connection' });
  expect(switcher).toHaveDisplayValue('Cloud');
  const madeUp = within(switcher).getByRole('group', { name: 'Made-up libraries' });
  expect(
    within(madeUp)
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['Demo: Comfy']);
  await user.selectOptions(switcher, 'Demo: Comfy');
  expect(onSwitch).toHaveBeenCalledExactlyOnceWith('demo-comfy');
});
