/** The text that informs a class before a session. The sentences are the desktop's: `fer_desktop/policy/consent.py`. */
import words from '../generated/words.json';
import type { Language } from '../texts/language';

/** What a session watches: a call on the screen, a room through a camera, or a recording of either. */
export type Watched = 'call' | 'room' | 'recording';

export interface ConsentFacts {
  readonly expressionsOn: boolean;
  /** False for class totals, where no student can be left out. */
  readonly individuals: boolean;
  readonly watched: Watched;
}

const SENTENCES: Readonly<Record<string, string[][]>> = words.consent;

/** What the teacher reads out, or pastes into the chat, before such a session, by paragraph. */
export function consentText({ expressionsOn, individuals, watched }: ConsentFacts, language: Language): string[] {
  const read = expressionsOn ? 'expressions' : 'presence';
  const key = `${watched} ${read} ${individuals ? 'individuals' : 'class'}`;
  const paragraphs = SENTENCES[key];
  if (paragraphs === undefined) throw new Error(`no text for the class: ${key}`);
  return paragraphs.map((sentences) => sentences.map((sentence) => language.text(sentence)).join(' '));
}
