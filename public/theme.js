// Runs before the first paint, so that a chosen theme never flashes. Kept apart because the
// content security policy allows no inline script.
try {
  const theme = localStorage.getItem('winnow.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is switched off: the system's theme applies.
}
