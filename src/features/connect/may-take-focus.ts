/** Whether the person did something since the page was opened: then a form is here because of that. */
export const hasActed = (): boolean =>
  !('userActivation' in navigator) || navigator.userActivation.hasBeenActive;

/** Not out of an open dialog, and not from a list box that is being stepped through with the arrow keys. */
export const mayTakeFocus = (): boolean =>
  document.activeElement?.closest('[role=dialog], [role=alertdialog], select:focus-visible') == null;
