/** Whether the page was out of sight long enough for the browser to slow it down. */
import { useEffect, useState } from 'preact/hooks';

/** Browsers throttle hidden pages after 25 to 30 s. */
const THROTTLED_AFTER_MS = 20_000;

export function usePageHidden(): boolean {
  const [wasHidden, setHidden] = useState(false);
  useEffect(() => {
    let sinceMs = 0;
    const look = () => {
      if (document.hidden) sinceMs = performance.now();
      else if (sinceMs > 0) setHidden(performance.now() - sinceMs > THROTTLED_AFTER_MS);
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  return wasHidden;
}
