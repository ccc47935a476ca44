/** Asks for a student's name, as the desktop's dialog does. Esc closes it; the focus returns to where it was. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { MAX_NAME_LENGTH, tidyName } from '../policy/names';
import { tr } from '../texts/tr';
import { useDialog } from './use_dialog';

/** Who is to be renamed. `who`: what to call them until then; `name`: theirs, "" without one. */
export interface Renaming {
  readonly student: number;
  readonly who: string;
  readonly name: string;
}

interface RenameProps extends Renaming {
  /** "" takes the name away. */
  readonly onRename: (student: number, name: string) => void;
  readonly onClose: () => void;
}

/** `ask` opens the dialog, `dialog` is it while it is open. */
export function useRenameDialog(onRename: RenameProps['onRename']) {
  return useDialog<Renaming>((asked, close) => (
    <RenameDialog key={asked} {...asked} onRename={onRename} onClose={close} />
  ));
}

function RenameDialog({ student, who, name, onRename, onClose }: RenameProps) {
  const [typed, setTyped] = useState(name);
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // Before anything is drawn: the next key that is pressed belongs to the field.
  useLayoutEffect(() => {
    dialog.current?.showModal();
    field.current?.select();
  }, []);
  const isAllowed = tidyName(typed) !== null || name !== '';
  const submit = (event: Event) => {
    event.preventDefault();
    if (!isAllowed) return;
    onRename(student, typed);
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} aria-labelledby="rename-title" aria-describedby="rename-about" onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id="rename-title">{tr('Rename {who}', { who })}</h2>
        <p id="rename-about" class="muted">
          {tr('The name is shown and saved with this lesson.')}
        </p>
        <input
          ref={field}
          value={typed}
          maxLength={MAX_NAME_LENGTH}
          placeholder={tr('Name')}
          aria-label={tr('Name')}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <div class="row">
          <button class="primary" disabled={!isAllowed}>
            {tr('Rename')}
          </button>
          <button type="button" onClick={() => dialog.current?.close()}>
            {tr('Cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
