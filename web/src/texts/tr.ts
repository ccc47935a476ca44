/** The texts of the page in its present language. `tools/translations.py` finds the calls of these functions. */
import type { Message } from '../engine/types';
import { Language, type Values } from './language';

export { mark } from './mark';

let current = new Language('en');

/** The language of the page. */
export function currentLanguage(): Language {
  return current;
}

/** Changes the language of the page, which then has to be drawn anew. */
export function setLanguage(language: Language): void {
  current = language;
}

/** `english` in the page's language, with `values` in its places. */
export function tr(english: string, values?: Values): string {
  return current.text(english, values);
}

/** The form that fits `number`, which stands for `{n}`. */
export function trCount(one: string, many: string, number: number, values?: Values): string {
  return current.plural(one, many, number, values);
}

/** The text of a message. */
export function render(message: Message): string {
  return current.render(message);
}
