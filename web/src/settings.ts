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
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return { ...DEFAULTS, confirmed: false };
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
  return readStored() ?? DEFAULTS;
}

/** What became of a change. `isKept`: false where the browser keeps no settings. */
export interface Changed {
  readonly settings: Settings;
  readonly isKept: boolean;
}

/** Stores what the teacher changed and leaves the rest as it is stored by now: another tab may have changed that. */
export function changeSettings({ settings, isKept }: Changed, more: Partial<Settings>): Changed {
  const changed = { ...((isKept ? readStored() : null) ?? settings), ...more };
  return { settings: changed, isKept: saveSettings(changed) };
}

/** Calls back with the settings whenever another tab has changed them. Returns what ends that. */
export function followSettings(onChange: (settings: Settings) => void): () => void {
  const look = ({ key }: StorageEvent) => {
    if (key === KEY || key === null) onChange(loadSettings());
  };
  window.addEventListener('storage', look);
  return () => {
    window.removeEventListener('storage', look);
  };
}

/** Null where none are stored, or may be read, as in a private window. */
function readStored(): Settings | null {
  try {
    const text = localStorage.getItem(KEY);
    return text === null ? null : parseSettings(text);
  } catch {
    return null;
  }
}

function saveSettings(settings: Settings): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
    return true;
  } catch {
    return false;
  }
}
