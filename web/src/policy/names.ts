/** Names that the teacher gives, tidied and told apart as on the desktop: `fer_desktop/roster/names.py`. */

/** The longest name that can be typed. */
export const MAX_NAME_LENGTH = 100;

/** What Python splits at. */
// eslint-disable-next-line no-control-regex -- some of them are spaces to Python
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
/** Control and format characters could make a name look like another one; joiners are part of Hindi spelling. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu;
const JOINERS_AROUND = /^[\u200c\u200d]+|[\u200c\u200d]+$/gu;

/** One line with single spaces, composed (NFC), without invisible signs; null for an empty name. */
export function tidyName(name: string): string | null {
  const visible = joinWords(name).replace(INVISIBLE, '').normalize('NFC');
  return joinWords(visible).replace(JOINERS_AROUND, '') || null;
}

/** What to call the students who have a name: by name, and number where several have the same. */
export function distinguishNames(names: ReadonlyMap<number, string>): Map<number, string> {
  const given = [...names.values()];
  const isShared = (name: string) => given.filter((other) => other === name).length > 1;
  return new Map([...names].map(([student, name]) => [student, isShared(name) ? `${name} (${student})` : name]));
}

function joinWords(text: string): string {
  return text.split(SPACES).filter(Boolean).join(' ');
}
