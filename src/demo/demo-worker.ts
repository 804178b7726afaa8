/** Beside the page, so that the demo works from any folder of any host. */
export const workerUrl = (): string => new URL('demo-worker.js', document.baseURI).href;

const CONTROL_TIMEOUT_MS = 5000;

/** Held by every tab that shows a demo: whoever gets it alone is the last to leave. */
const lockName = (): string => `winnow.demo ${workerUrl()}`;

let leave: (() => void) | null = null;
let stay: Promise<unknown> = Promise.resolve();

declare global {
  interface Window {
    /** Not in every browser, nor in TypeScript's library. What it makes is taken wherever the text would be. */
    readonly trustedTypes?: {
      createPolicy: <Rules extends Partial<Record<'createScriptURL', (url: string) => string>>>(
        name: string,
        rules: Rules,
      ) => Rules;
    };
  }
}

/** The page's policy lets no text name code to run; this vouches for one address, and for no other. */
const trusted = window.trustedTypes?.createPolicy('winnow-demo', {
  createScriptURL: (url) => {
    if (url !== workerUrl()) throw new TypeError('Only the worker of the demo may be registered.');
    return url;
  },
});

/** Registers the service worker of the demo; resolves once the very next request of this page goes through it. */
export async function enterDemo(): Promise<void> {
  // Counted first, so that no other tab takes the worker away meanwhile.
  await new Promise<void>((counted, failed) => {
    stay = navigator.locks.request(
      lockName(),
      { mode: 'shared' },
      () =>
        new Promise<void>((left) => {
          leave = left;
          counted();
        }),
    );
    stay.catch(failed);
  });
  const url = workerUrl();
  const scope = new URL('./', document.baseURI).href;
  await navigator.serviceWorker.register(trusted?.createScriptURL(url) ?? url, { scope });
  await controlled(await navigator.serviceWorker.ready);
}

/** Takes the service worker out of this browser, unless another tab still shows a demo. */
export async function leaveDemo(): Promise<void> {
  leave?.();
  leave = null;
  await stay.catch(() => undefined);
  await navigator.locks.request(lockName(), { ifAvailable: true }, async (lock) => {
    if (lock === null) return;
    const registrations = await navigator.serviceWorker.getRegistrations();
    await Promise.all(registrations.filter(isOurs).map((registration) => registration.unregister()));
  });
}

function isOurs({ active, waiting, installing }: ServiceWorkerRegistration): boolean {
  const urls = [active, waiting, installing].map((worker) => worker?.scriptURL);
  // The second is what earlier versions of Winnow registered.
  return [workerUrl(), new URL('mockServiceWorker.js', document.baseURI).href].some((url) =>
    urls.includes(url),
  );
}

/** On a first visit, or after leaving, the page is taken over a moment after the worker is ready. */
function controlled(registration: ServiceWorkerRegistration): Promise<void> {
  const container = navigator.serviceWorker;
  const isControlled = () => container.controller !== null && container.controller === registration.active;
  if (isControlled()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('The demo could not start: its service worker did not take over this page.')),
      CONTROL_TIMEOUT_MS,
    );
    container.addEventListener('controllerchange', function check() {
      if (!isControlled()) return;
      clearTimeout(timer);
      container.removeEventListener('controllerchange', check);
      resolve();
    });
  });
}
