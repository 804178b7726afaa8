// The service worker of the demo. It answers for the made-up libraries, and sees nothing else: requests to real
// providers, which may carry a key, never pass through it.
const library = new URL('demo/', self.registration.scope).href;

// Registered before the worker it wraps, which then is not asked.
self.addEventListener('fetch', (event) => {
  if (!event.request.url.startsWith(library)) event.stopImmediatePropagation();
});

const trusted = self.trustedTypes?.createPolicy('winnow-demo', {
  createScriptURL: () => new URL('mockServiceWorker.js', self.registration.scope).href,
});
importScripts(trusted?.createScriptURL('') ?? 'mockServiceWorker.js');
