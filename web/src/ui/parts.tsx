/** Small parts that several pages share. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { EXPRESSIONS } from '../engine/types';
import { STACK_ORDER, UNCERTAIN_EXPRESSIONS } from '../engagement/expressions';
import { tr } from '../texts/tr';
import { expressionWord } from './words';

/** A message inside the page; `alert` is read out at once. */
export function Banner(props: {
  kind?: 'info' | 'warning' | 'danger';
  children: string;
  action?: string;
  /** What the action is about, for screen readers. */
  about?: string;
  onAction?: (() => void) | undefined;
}) {
  const { kind = 'info', children, action, about, onAction } = props;
  return (
    <div class={`banner ${kind}`} role={kind === 'danger' ? 'alert' : 'status'}>
      <p>{children}</p>
      {action && (
        <button onClick={onAction}>
          {action}
          {about && <span class="hidden-label"> {about}</span>}
        </button>
      )}
    </div>
  );
}

/** The title of a page. It takes the focus where the page is opened, so that a screen reader begins there. */
export function Title({ children }: { children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** The expressions of the class or of one face, from bright to heavy. */
export function MoodBars({ probabilities, label }: { probabilities: ArrayLike<number>; label: string }) {
  return (
    <ul class="bars" aria-label={label} title={tr('* often misread')}>
      {STACK_ORDER.map((expression) => {
        const percent = Math.round(100 * (probabilities[EXPRESSIONS.indexOf(expression)] ?? 0));
        return (
          <li key={expression}>
            <span>
              {expressionWord(expression)}
              {UNCERTAIN_EXPRESSIONS.includes(expression) && '*'}
            </span>
            <div class="track" aria-hidden="true">
              <div class="fill" style={{ width: `${percent}%`, background: `var(--${expression})` }} />
            </div>
            <span class="value">{tr('{percent} %', { percent })}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** A box to tick with its words. */
export function Tick(props: { checked: boolean; onChange: (checked: boolean) => void; children: string }) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => {
          props.onChange(event.currentTarget.checked);
        }}
      />
      <span>{props.children}</span>
    </label>
  );
}
