/** Runs once the browser has nothing better to do; Safari, which cannot tell, after two seconds. */
export function whenIdle(task: () => void): void {
  if ('requestIdleCallback' in window) window.requestIdleCallback(task, { timeout: 2_000 });
  else setTimeout(task, 2_000);
}
