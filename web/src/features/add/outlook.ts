import type { Info, Preset } from './presets';
import { isAudio } from './presets';

/** Bits a second that platforms commonly send, sound included, by height; a list says nothing of its entries' own. */
const usual: readonly (readonly [height: number, bits: number])[] = [
  [2160, 13_000_000],
  [1440, 7_500_000],
  [1080, 3_500_000],
  [720, 2_000_000],
  [480, 1_000_000],
  [360, 600_000],
  [0, 300_000],
];
const bestHeight = 1080;
const bestSound = 160_000;

/** A rough size of so many seconds, where the source names none. */
export function roughBytes(request: Preset['request'], seconds: number): number {
  const number = Number.parseInt(request.quality ?? '', 10);
  if (isAudio(request)) return (seconds * (Number.isFinite(number) ? number * 1000 : request.format === 'mp3' ? 2 * bestSound : bestSound)) / 8;
  const height = Number.isFinite(number) ? number : request.quality === 'worst' ? 0 : bestHeight;
  return (seconds * (usual.find(([least]) => height >= least)?.[1] ?? 0)) / 8;
}

/** So many entries stand behind a list's price: those that a download takes where it names none. */
const priced = 50;

/** Credits for some entries of a list, by the price that the server gave for its first ones: by their lengths, or by the piece. */
export function creditsOf(info: Info, chosen: readonly { duration: number | null }[]): number {
  const known = (info.entries ?? []).slice(0, priced).filter((entry) => entry.error == null);
  if (known.length === 0 || info.estimated_credits === 0) return 0;
  const secondsOf = (entries: readonly { duration: number | null }[]) => entries.reduce((sum, entry) => sum + (entry.duration ?? Number.NaN), 0);
  const byLength = (info.estimated_credits / secondsOf(known)) * secondsOf(chosen);
  return Math.ceil(Number.isFinite(byLength) ? byLength : (info.estimated_credits / known.length) * chosen.length);
}
