/** The one decision whether a session reads expressions. The same as `fer_desktop/policy/expressions.py`. */
import { expressionsAllowed, isPlace } from './place';

/** Why expressions are read or not. */
export type Reason = 'allowed' | 'forbidden' | 'place_unknown' | 'settings_unconfirmed';

/** Whether a session reads expressions. `place`: the one decided for, ISO 3166-1 alpha-2; null if unknown. */
export interface ExpressionDecision {
  readonly place: string | null;
  readonly reason: Reason;
  readonly on: boolean;
}

interface Answers {
  /** The place in the settings. */
  readonly setting: string | null;
  /** From the time zone: it counts only where it forbids expressions. */
  readonly guess?: string | null;
  /** False while damaged settings leave a safeguard unknown. */
  readonly confirmed?: boolean;
}

/**
 * Decides by the place of the class. Without one, `guess` counts where it forbids expressions: it may switch them off,
 * never on. A code that no place has counts as unknown.
 */
export function decideExpressions({ setting, guess = null, confirmed = true }: Answers): ExpressionDecision {
  const place = isPlace(setting) ? setting : guess !== null && !expressionsAllowed(guess) ? guess : null;
  const reason = findReason(place, confirmed);
  return { place, reason, on: reason === 'allowed' };
}

function findReason(place: string | null, confirmed: boolean): Reason {
  if (place === null) return 'place_unknown';
  if (!expressionsAllowed(place)) return 'forbidden';
  return confirmed ? 'allowed' : 'settings_unconfirmed';
}
