/** Asks before something is deleted for good, as the desktop does. Esc closes it; the focus returns to where it was. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { tr } from '../texts/tr';
import { useDialog } from './use_dialog';

/** The second click of a double click comes by then. It is not an answer, wherever the dialog has come to be. */
const DOUBLE_CLICK_MS = 600;

interface Question {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  readonly onConfirm: () => void;
}

/** `ask` opens the dialog, `dialog` is it while it is open. */
export function useConfirmDialog() {
  return useDialog<Question>((asked, close) => <ConfirmDialog key={asked} {...asked} onClose={close} />);
}

function ConfirmDialog({ title, action, onConfirm, onClose }: Question & { readonly onClose: () => void }) {
  const [isReady, setReady] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    dialog.current?.showModal();
    cancel.current?.focus();
    const timer = setTimeout(() => setReady(true), DOUBLE_CLICK_MS);
    return () => clearTimeout(timer);
  }, []);
  const confirm = () => {
    onConfirm();
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} aria-labelledby="confirm-title" aria-describedby="confirm-about" onClose={onClose}>
      <div class="question">
        <h2 id="confirm-title">{title}</h2>
        <p id="confirm-about" class="muted">
          {tr('You cannot undo this.')}
        </p>
        <div class="row">
          <button ref={cancel} onClick={() => dialog.current?.close()}>
            {tr('Cancel')}
          </button>
          <button class="danger" disabled={!isReady} onClick={confirm}>
            {action}
          </button>
        </div>
      </div>
    </dialog>
  );
}
