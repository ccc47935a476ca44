/**
 * The page's language. English stands in the source; Hindi comes from the desktop's catalogue, of which
 * `tools/translations.py` writes the texts that are used here.
 */
import type { Message } from '../engine/types';
import hindi from '../generated/hi.json';
import words from '../generated/words.json';

export type LanguageCode = 'en' | 'hi';
export type Values = Readonly<Record<string, string | number>>;

const HINDI: Readonly<Record<string, string | string[]>> = hindi;
const MESSAGES: Readonly<Record<string, string | string[]>> = words.messages;

/** Texts in one language. */
export class Language {
  constructor(readonly code: LanguageCode) {}

  /** A text with `values` in its places: `{name}`, or `{seconds:duration}`. */
  text(english: string, values: Values = {}): string {
    const translated = this.code === 'hi' ? HINDI[english] : undefined;
    return this.#fill(typeof translated === 'string' && translated !== '' ? translated : english, values);
  }

  /** The form that fits `number`, which stands for `{n}`. In Hindi none counts as one. */
  plural(one: string, many: string, number: number, values: Values = {}): string {
    const forms = this.code === 'hi' ? HINDI[one] : undefined;
    const [single, several] = Array.isArray(forms) ? forms : [one, many];
    const isOne = this.code === 'hi' ? number <= 1 : number === 1;
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
    if (whole < 60) return this.text('{seconds} s', { seconds: whole });
    if (whole < 3600) return this.text('{minutes} min', { minutes: Math.floor(whole / 60) });
    return this.text('{hours} h {minutes} min', {
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
    return this.code === 'hi' ? 'hi-IN' : 'en-GB';
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
    return seconds < 120 && seconds % 60 ? this.text('{seconds} s', { seconds }) : this.duration(seconds);
  }
}

/** 12:34, or 1:02:03 from an hour on. */
export function formatClock(second: number): string {
  const whole = Math.max(0, Math.floor(second));
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The language of a setting, or that of the browser; else English. */
export function pickLanguage(choice: LanguageCode | 'system', system: string): LanguageCode {
  if (choice !== 'system') return choice;
  return system.toLowerCase().startsWith('hi') ? 'hi' : 'en';
}
