/** The students of the live page, those who may need attention first. */
import type { FlagKind, StudentState } from '../engagement/types';
import { tr } from '../texts/tr';
import { describeAttention, describeFlag, describeStudent, labelStudent } from './words';

interface StudentsProps {
  readonly students: readonly StudentState[];
  readonly second: number;
  readonly expressionsOn: boolean;
  readonly onExclude: (student: number, excluded: boolean) => void;
  readonly onDismiss: (student: number, kind: FlagKind) => void;
}

const LEVELS = { high: 1, middle: 0.5, low: 0 } as const;

export function StudentsList({ students, ...props }: StudentsProps) {
  const sorted = [...students].sort(
    (one, other) => Number(other.flags.length > 0) - Number(one.flags.length > 0) || one.student - other.student,
  );
  if (sorted.length === 0) return <p class="muted">{tr('Students appear here as soon as they are found.')}</p>;
  return (
    <ul class="students">
      {sorted.map((state) => (
        <Student key={state.student} state={state} {...props} />
      ))}
    </ul>
  );
}

function Student({
  state,
  second,
  expressionsOn,
  onExclude,
  onDismiss,
}: Omit<StudentsProps, 'students'> & { state: StudentState }) {
  const who = labelStudent(state.student);
  const attention = state.attention === null || state.excluded ? '' : describeAttention(LEVELS[state.attention]);
  return (
    <li>
      <div class="row">
        <span class="name">{who}</span>
        <span class="state">
          {[describeStudent(state, second, expressionsOn), attention].filter(Boolean).join(' · ')}
        </span>
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
          </button>
        </div>
      ))}
    </li>
  );
}
