/**
 * The page's language. English stands in the source; the others come from the desktop's catalogues, of which
 * `tools/translations.py` writes the texts that are used here. A language is loaded when it is chosen.
 */
import type { Message } from '../engine/types';
import words from '../generated/words.json';
import { mark } from './mark';

export type Catalogue = Readonly<Record<string, string | string[]>>;
export type Values = Readonly<Record<string, string | number>>;

/** Of every language: the locale, and what it calls itself. */
export const LANGUAGES = {
  en: { locale: 'en-GB', name: 'English' },
  de: { locale: 'de-DE', name: 'Deutsch' },
  es: { locale: 'es-ES', name: 'Español' },
  fr: { locale: 'fr-FR', name: 'Français' },
  hi: { locale: 'hi-IN', name: 'हिन्दी' },
} as const;
export type LanguageCode = keyof typeof LANGUAGES;

const NONE_COUNTS_AS_ONE: readonly LanguageCode[] = ['fr', 'hi'];
const CATALOGUES: Readonly<Record<Exclude<LanguageCode, 'en'>, () => Promise<{ default: Catalogue }>>> = {
  de: () => import('../generated/de.json'),
  es: () => import('../generated/es.json'),
  fr: () => import('../generated/fr.json'),
  hi: () => import('../generated/hi.json'),
};
const SECONDS = mark('{seconds} s');
const MINUTES = mark('{minutes} min');
const HOURS = mark('{hours} h {minutes} min');
const MESSAGES: Catalogue = words.messages;

/** Texts in one language. */
export class Language {
  /** `catalogue`: the translations by the English texts; what it lacks stays English. */
  constructor(
    readonly code: LanguageCode,
    private readonly catalogue: Catalogue = {},
  ) {}

  /** A text with `values` in its places: `{name}`, or `{seconds:duration}`. */
  text(english: string, values: Values = {}): string {
    const translated = this.catalogue[english];
    return this.#fill(typeof translated === 'string' && translated !== '' ? translated : english, values);
  }

  /** The form that fits `number`, which stands for `{n}`. */
  plural(one: string, many: string, number: number, values: Values = {}): string {
    const forms = this.catalogue[one];
    const [single, several] = Array.isArray(forms) ? forms : [one, many];
    const isOne = number === 1 || (number === 0 && NONE_COUNTS_AS_ONE.includes(this.code));
    return this.#fill((isOne ? single : several) ?? many, { ...values, n: number });
  }

  /** The text of a message: that of its key, with its arguments. */
  render(message: Message): string {
    const { key, ...values } = message;
    if (key === 'literal') return String(values['text']);
    const english = MESSAGES[key];
    return typeof english === 'string' ? this.text(english, values) : key;
  }

  /** 45 s, 3 min, 1 h 5 min. */
  duration(seconds: number): string {
    const whole = Math.max(0, Math.floor(seconds));
    if (whole < 60) return this.text(SECONDS, { seconds: whole });
    if (whole < 3600) return this.text(MINUTES, { minutes: Math.floor(whole / 60) });
    return this.text(HOURS, {
      hours: Math.floor(whole / 3600),
      minutes: Math.floor((whole % 3600) / 60),
    });
  }

  /** The name of a place (ISO 3166-1 alpha-2), from the browser's own CLDR. */
  placeName(code: string): string {
    return new Intl.DisplayNames([this.#locale], { type: 'region' }).of(code) ?? code;
  }

  /** A day and a time of day. */
  dayAndTime(moment: Date): string {
    return moment.toLocaleString(this.#locale, { dateStyle: 'medium', timeStyle: 'short' });
  }

  get #locale(): string {
    return LANGUAGES[this.code].locale;
  }

  #fill(text: string, values: Values): string {
    return text.replace(/\{(\w+)(:duration)?\}/g, (place: string, name: string, duration?: string) => {
      const value = values[name];
      if (value === undefined) return place;
      return duration === undefined ? String(value) : this.#exactDuration(Number(value));
    });
  }

  /** As `duration`, but 90 s as well: as precise as a rule that can be set. */
  #exactDuration(seconds: number): string {
    return seconds < 120 && seconds % 60 ? this.text(SECONDS, { seconds }) : this.duration(seconds);
  }
}

/** 12:34, or 1:02:03 from an hour on. */
export function formatClock(second: number): string {
  const whole = Math.max(0, Math.floor(second));
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Whether the page speaks a language of that code. */
export function isLanguage(code: unknown): code is LanguageCode {
  return typeof code === 'string' && Object.hasOwn(LANGUAGES, code);
}

/** The language of a setting, or that of the browser; else English. */
export function pickLanguage(choice: LanguageCode | 'system', system: string): LanguageCode {
  const code = choice === 'system' ? (system.toLowerCase().split(/[-_]/)[0] ?? '') : choice;
  return isLanguage(code) ? code : 'en';
}

/** The language with its texts; English if they cannot be loaded. */
export async function loadLanguage(code: LanguageCode): Promise<Language> {
  if (code === 'en') return new Language(code);
  try {
    return new Language(code, (await CATALOGUES[code]()).default);
  } catch {
    return new Language('en'); // without a network before the page has been stored
  }
}
