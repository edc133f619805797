import { expect, test } from 'vitest';
import { creditsOf, roughBytes } from './outlook';
import type { Info } from './presets';

const entry = (duration: number | null, error: object | null = null) => ({ duration, error });
const list = (credits: number, ...entries: object[]) => ({ estimated_credits: credits, entries }) as unknown as Info;

test('a list costs what is ticked of it, by the length', () => {
  const info = list(30, entry(60), entry(120), entry(null, { code: 'content_not_found' }));
  expect(creditsOf(info, [entry(120)] as never)).toBe(20);
  expect(creditsOf(info, [])).toBe(0);
});

test('where lengths are not known it costs so much a piece', () => {
  expect(creditsOf(list(30, entry(null), entry(60)), [entry(null)] as never)).toBe(15);
});

test('where nothing has a price nothing costs', () => {
  expect(creditsOf(list(0, entry(60)), [entry(60)] as never)).toBe(0);
});

test('a minute of sound is smaller than one of a film, and that of a large one', () => {
  const sizes = [{ format: 'mp3', quality: '128kbps' }, { quality: '480p' }, { quality: 'best' }, { quality: '2160p' }].map((one) => roughBytes(one, 60));
  expect(sizes).toEqual([...sizes].sort((one, other) => one - other));
  expect(sizes[0]).toBe(960_000);
});
