/** `1-5, 8` as numbers; undefined where the text is no list of ranges, or names something past the last. */
export function readRanges(text: string, last: number): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const match = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part);
    if (!match) return undefined;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (from < 1 || to < from || to > last) return undefined;
    for (let number = from; number <= to; number++) numbers.add(number);
  }
  return numbers;
}

/** Numbers as `playlist_items` takes them: `1-5,8`. */
export function writeRanges(numbers: ReadonlySet<number>): string {
  const runs: [number, number][] = [];
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const run = runs.at(-1);
    if (run && run[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}
