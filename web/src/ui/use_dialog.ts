/** A dialog that is drawn while somebody is asked something. */
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';

/** `ask` opens the dialog, `dialog` is it while it is open. `draw` gives it what is asked as its key.
 *
 * A browser reports later that a dialog was closed: whoever is asked for by then keeps a dialog of their own.
 */
export function useDialog<Asked extends object>(draw: (asked: Asked, close: () => void) => VNode) {
  const [asked, ask] = useState<Asked | null>(null);
  const close = () => ask((now) => (now === asked ? null : now));
  return { ask, dialog: asked && draw(asked, close) };
}
