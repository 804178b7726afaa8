import { onTold, tellTabs } from '../tabs';

interface IdleLock {
  readonly minutes: number;
  /** A clean-up that runs counts as if somebody were there: it must not lose its key half-way. */
  readonly isBusy: () => boolean;
  readonly onIdle: () => void;
}

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** Other tabs are told at most so often; a pointer that moves would tell them a hundred times a second. */
const TELL_MS = 15_000;

/** Tells when nobody has used any tab for so long. @returns how to stop it */
export function watchIdleness({ minutes, isBusy, onIdle }: IdleLock): () => void {
  const limit = minutes * 60_000;
  let lastSign = Date.now();
  let lastTold = 0;
  let timer = setTimeout(check, limit);

  function check() {
    if (isBusy()) sign();
    const left = lastSign + limit - Date.now();
    clearTimeout(timer);
    if (left <= 0) onIdle();
    else timer = setTimeout(check, left);
  }

  function sign() {
    lastSign = Date.now();
    if (lastSign - lastTold < TELL_MS) return;
    lastTold = lastSign;
    tellTabs('active');
  }

  /** A computer that slept lets no timer run: the first sign after it comes too late. */
  function onSign() {
    if (Date.now() - lastSign >= limit) check();
    else sign();
  }

  const onVisibility = () => {
    if (document.visibilityState === 'visible') onSign();
  };
  const stopHearing = onTold('active', () => {
    lastSign = Date.now();
  });
  for (const type of SIGNS) window.addEventListener(type, onSign, { passive: true });
  document.addEventListener('visibilitychange', onVisibility);

  return () => {
    clearTimeout(timer);
    stopHearing();
    for (const type of SIGNS) window.removeEventListener(type, onSign);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
