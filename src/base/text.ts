/** A text of several lines, as a tool says it, in one; spaces inside a line stay as they are. */
export function oneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ');
}
