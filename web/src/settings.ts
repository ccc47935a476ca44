/** The teacher's settings, in the browser's local storage. What cannot be read leaves the safeguards unconfirmed. */
import { isPlace } from './policy/place';
import { isLanguage, type LanguageCode } from './texts/language';

/** `retentionDays`: older sessions are offered for deletion; null keeps all. */
export interface Settings {
  readonly place: string | null;
  readonly aggregateOnly: boolean;
  readonly retentionDays: number | null;
  readonly language: LanguageCode | 'system';
  readonly theme: 'light' | 'dark' | 'system';
  readonly course: string;
  /** False while damaged settings leave a safeguard unknown: expressions are off, only class totals are stored. */
  readonly confirmed: boolean;
}

export const DEFAULTS: Settings = {
  place: null,
  aggregateOnly: false,
  retentionDays: null,
  language: 'system',
  theme: 'system',
  course: '',
  confirmed: true,
};
const KEY = 'fer-desktop settings';
const RETENTION_DAYS = { least: 1, most: 36_500 } as const;

/** The stored settings. Each field counts even if others are damaged; a damaged safeguard is not confirmed. */
export function parseSettings(text: string | null): Settings {
  if (text === null) return DEFAULTS;
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return { ...DEFAULTS, confirmed: false };
  }
  if (typeof values !== 'object' || values === null) return { ...DEFAULTS, confirmed: false };
  return readFields(values as Record<string, unknown>);
}

function readFields(values: Record<string, unknown>): Settings {
  const { place, aggregateOnly, retentionDays, language, theme, course, confirmed } = values;
  const isPlaceRight = place === null || place === undefined || (typeof place === 'string' && isPlace(place));
  const isTotalsRight = aggregateOnly === undefined || typeof aggregateOnly === 'boolean';
  const isAgeRight = retentionDays === null || retentionDays === undefined || isDays(retentionDays);
  return {
    place: isPlaceRight ? (place ?? null) : null,
    aggregateOnly: aggregateOnly === true,
    retentionDays: isDays(retentionDays) ? retentionDays : null,
    language: isLanguage(language) ? language : 'system',
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    course: typeof course === 'string' ? course.slice(0, 200) : '',
    confirmed: isPlaceRight && isTotalsRight && isAgeRight && confirmed !== false,
  };
}

function isDays(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= RETENTION_DAYS.least && Number(value) <= RETENTION_DAYS.most;
}

/** The settings of this browser; the defaults where it keeps none. */
export function loadSettings(): Settings {
  try {
    return parseSettings(localStorage.getItem(KEY));
  } catch {
    return DEFAULTS; // a private window may refuse
  }
}

/** False where the browser keeps no settings. */
export function saveSettings(settings: Settings): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
    return true;
  } catch {
    return false;
  }
}
