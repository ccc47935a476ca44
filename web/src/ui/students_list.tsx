/** The students of the live page, those who may need attention first. */
import { useMemo, useRef } from 'preact/hooks';

import type { FlagKind, StudentState } from '../engagement/types';
import { distinguishNames } from '../policy/names';
import { tr } from '../texts/tr';
import { useRenameDialog } from './rename_dialog';
import { StudentOrder } from './student_order';
import { describeAttention, describeFlag, describeStudent, labelStudent, nameFlag } from './words';

interface StudentsProps {
  readonly students: readonly StudentState[];
  readonly names: ReadonlyMap<number, string>;
  readonly second: number;
  readonly expressionsOn: boolean;
  readonly onExclude: (student: number, excluded: boolean) => void;
  readonly onDismiss: (student: number, kind: FlagKind) => void;
  readonly onRename: (student: number, name: string) => void;
}

const LEVELS = { high: 1, middle: 0.5, low: 0 } as const;

export function StudentsList({ students, names, onRename, ...props }: StudentsProps) {
  const { ask, dialog } = useRenameDialog(onRename);
  const labels = distinguishNames(names);
  const order = useMemo(() => new StudentOrder(), []);
  const list = useRef<HTMLUListElement>(null);
  const touch = () => order.touch();
  // A button that was clicked keeps the focus for as long as nothing else is: that is not the keyboard.
  const sorted = order.sort(students, Boolean(list.current?.querySelector(':focus-visible')));
  if (sorted.length === 0) return <p class="muted">{tr('Students appear here as soon as they are found.')}</p>;
  return (
    <>
      <ul ref={list} class="students" onPointerMove={touch} onPointerDown={touch}>
        {sorted.map((state) => {
          const { student } = state;
          const who = labelStudent(student, labels);
          const rename = () => ask({ student, who, name: names.get(student) ?? '' });
          return <Student key={student} state={state} who={who} onRename={rename} {...props} />;
        })}
      </ul>
      {dialog}
    </>
  );
}

interface StudentProps extends Omit<StudentsProps, 'students' | 'names' | 'onRename'> {
  readonly state: StudentState;
  readonly who: string;
  readonly onRename: () => void;
}

function Student({ state, who, second, expressionsOn, onExclude, onDismiss, onRename }: StudentProps) {
  const attention = state.attention === null || state.excluded ? '' : describeAttention(LEVELS[state.attention]);
  return (
    <li>
      <div class="row">
        <span class="name">{who}</span>
        <span class="state">
          {[describeStudent(state, second, expressionsOn), attention].filter(Boolean).join(' · ')}
        </span>
        {!state.excluded && (
          <button class="link" onClick={onRename}>
            {tr('Rename…')}
            <span class="hidden-label"> {who}</span>
          </button>
        )}
        <button class="link" onClick={() => onExclude(state.student, !state.excluded)}>
          {state.excluded ? tr('Include again') : tr('Exclude')}
          <span class="hidden-label"> {who}</span>
        </button>
      </div>
      {state.flags.map((flag) => (
        <div class="flag" key={flag.kind}>
          <span>{describeFlag(flag)}</span>
          <button class="link" onClick={() => onDismiss(state.student, flag.kind)}>
            {tr('Dismiss')}
            <span class="hidden-label"> {nameFlag(flag.kind, who)}</span>
          </button>
        </div>
      ))}
    </li>
  );
}
