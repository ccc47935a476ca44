/** A lock for each session that is being recorded, so that another page does not take it for a crashed one. */

function nameOf(session: number): string {
  return `fer-desktop session ${session}`;
}

/** Holds the lock until the returned function is called, or the page is gone. */
export function holdLock(session: number): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks.request(nameOf(session), () => held);
  return release;
}

/** Whether any page of this browser records the session now. */
export async function isLocked(session: number): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return held?.some((lock) => lock.name === nameOf(session)) ?? false;
}
