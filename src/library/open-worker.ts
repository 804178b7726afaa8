import workerUrl from './store/worker.ts?worker&url';

/** The page's policy lets no text name code to run; this vouches for the worker of the index, and for nothing else. */
const trusted = window.trustedTypes?.createPolicy('winnow-library', {
  createScriptURL: (url) => {
    if (url !== workerUrl) throw new TypeError('Only the worker of the library index may be started.');
    return url;
  },
});

/** Starts the worker that has the database. */
export const openWorker = (): Worker =>
  new Worker(trusted?.createScriptURL(workerUrl) ?? workerUrl, { type: 'module', name: 'winnow-library' });
