/** `text` as it is, marked for translation: for constants that are translated where they are shown. */
export function mark(text: string): string {
  return text;
}
