// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';

import { saveFile } from './save-file';

afterEach(() => {
  vi.useRealTimers();
});

it('offers the content under its name, cleans up after itself, and lets the download begin first', async () => {
  vi.useFakeTimers();
  const clicked: HTMLAnchorElement[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    expect(this.isConnected).toBe(true); // Firefox ignores a click on a link outside the page
    clicked.push(this);
  });
  const create = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:list');
  const revoke = vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
  const content = new Blob(['a,b']);

  saveFile(content, 'list.csv');

  expect(create).toHaveBeenCalledWith(content);
  expect(clicked.map((link) => [link.href, link.download])).toEqual([['blob:list', 'list.csv']]);
  expect(document.querySelector('a')).toBeNull();
  expect(revoke).not.toHaveBeenCalled();
  await vi.runAllTimersAsync();
  expect(revoke).toHaveBeenCalledWith('blob:list');
});
