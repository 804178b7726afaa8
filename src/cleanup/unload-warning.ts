export type PageEvents = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** Lets the browser ask before the page goes away, for as long as that would break something off. */
export function createUnloadWarning(page: PageEvents) {
  let isSet = false;
  const ask = (event: Event) => event.preventDefault();
  return {
    // Only while it is needed: a page with such a listener is kept out of the browser's cache for going back.
    set(needed: boolean) {
      if (needed === isSet) return;
      isSet = needed;
      if (needed) page.addEventListener('beforeunload', ask);
      else page.removeEventListener('beforeunload', ask);
    },
  };
}
