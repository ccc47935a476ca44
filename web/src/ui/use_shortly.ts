/** Something that is shown for a few seconds. */
import { useEffect, useState } from 'preact/hooks';

const SHOWN_MS = 5000;

/** What is shown now, and how to show something. */
export function useShortly<Shown extends object>(): [Shown | null, (next: Shown) => void] {
  const [shown, show] = useState<Shown | null>(null);
  useEffect(() => {
    if (shown === null) return undefined;
    const timer = setTimeout(() => show(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return [shown, show];
}
