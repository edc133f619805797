import { expect, test } from 'vitest';
import { readRanges, writeRanges } from './ranges';

test.each([
  ['1-5, 8', 10, [1, 2, 3, 4, 5, 8]],
  ['3', 3, [3]],
  ['', 3, []],
  ['2-2,2', 3, [2]],
])('%j of %i entries', (text, last, numbers) => {
  expect([...(readRanges(text, last) ?? [])]).toEqual(numbers);
});

test.each(['5-1', '0', '4-11', 'a', '1--2'])('%j names nothing', (text) => {
  expect(readRanges(text, 10)).toBeUndefined();
});

test('what is ticked is written in runs', () => {
  expect(writeRanges(new Set([8, 1, 2, 3, 10, 11]))).toBe('1-3,8,10-11');
});
