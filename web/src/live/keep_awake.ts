/** Keeps the screen on: behind a dark one the browser slows the page down, and a phone ends its camera. */

/** From now on until the returned function is called. Where the browser cannot, or its battery is low, nothing happens. */
export function keepAwake(): () => void {
  if (!('wakeLock' in navigator)) return () => undefined;
  const locks = new Set<WakeLockSentinel>();
  let isOver = false;
  const keep = (lock: WakeLockSentinel) => {
    if (isOver) {
      void lock.release();
      return;
    }
    locks.add(lock);
    lock.addEventListener('release', () => locks.delete(lock));
  };
  // The browser takes it back whenever the page is hidden.
  const take = () => {
    if (!document.hidden) navigator.wakeLock.request('screen').then(keep, () => undefined);
  };
  take();
  document.addEventListener('visibilitychange', take);
  return () => {
    isOver = true;
    document.removeEventListener('visibilitychange', take);
    for (const lock of locks) void lock.release();
  };
}
