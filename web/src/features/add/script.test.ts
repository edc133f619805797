import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { scriptOf } from './script';

const request = { url: 'https://a.example/it\'s?a=1&b="2"', format: 'mp4', clip: { start: 1, end: 2.5 } };

test('the shell hands curl the request as it is', () => {
  const script = scriptOf('curl', 'http://127.0.0.1:8080', request);
  // printf in curl's place writes each of its arguments in a line of its own.
  const said = execFileSync('sh', ['-c', script.replace('curl -s', "printf '%s\\n'")], { env: { DECANT_KEY: 'k' } }).toString();
  expect(said.split('\n').map((line) => line.trim())).toContain('X-API-Key: k');
  expect(JSON.parse(said.trim().split('\n').at(-1) ?? '')).toEqual(request);
});

test.each(['Python', 'C#'] as const)('%s has the request in it', (language) => {
  const script = scriptOf(language, 'http://127.0.0.1:8080', request);
  const [, json = ''] = /"""\s*([\s\S]+?)\s*"""/.exec(script) ?? [];
  expect(JSON.parse(json)).toEqual(request);
});
