/** Seconds of `83`, `1:23`, `1:02:03.5` or a number; undefined where it is none of them. */
export function readTime(text: unknown): number | undefined {
  if (typeof text === 'number') return Number.isFinite(text) && text >= 0 ? text : undefined;
  if (typeof text !== 'string' || !/^(\d+:)?(\d+:)?\d+(\.\d+)?$/.test(text.trim())) return undefined;
  return text
    .trim()
    .split(':')
    .reduce((seconds, part) => seconds * 60 + Number(part), 0);
}
