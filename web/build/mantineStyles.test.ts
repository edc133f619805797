import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mantineStyles } from './mantineStyles';

const library = join(__dirname, '../node_modules/@mantine/core');
const always = ['baseline', 'default-css-variables', 'global'];
const read = (name: string) => readFileSync(join(library, 'styles', `${name}.css`), 'utf8');
const whole = readFileSync(join(library, 'styles.css'), 'utf8');
const classesIn = (text: string): string[] => text.match(/\bm_[0-9a-z]+/g) ?? [];

/** The sheet that a module of the library brings, by the plugin. */
function sheetOf(path: string): string | undefined {
  const { transform } = mantineStyles() as { transform: (code: string, id: string) => { code: string } | undefined };
  return /styles\/(.+)\.css/.exec(transform('', path)?.code ?? '')?.[1];
}

const modules = (readdirSync(join(library, 'esm'), { recursive: true }) as string[])
  .map((path) => join(library, 'esm', path))
  .filter((path) => path.endsWith('.module.mjs'));

describe('the styles of the library', () => {
  const all = new Set(classesIn(whole));

  it('come with each of its components, all of its classes', () => {
    expect(modules.length).toBeGreaterThan(90);
    for (const path of modules) {
      const sheet = sheetOf(path);
      expect(sheet, path).toBeDefined();
      const known = new Set(classesIn(read(sheet ?? '')));
      for (const name of classesIn(readFileSync(path, 'utf8'))) expect(known.has(name) || !all.has(name), `${name} of ${path}`).toBe(true);
    }
  });

  it('are whole with those that are on every page', () => {
    const found = new Set([...modules.map((path) => sheetOf(path)), ...always].flatMap((name) => classesIn(read(name ?? ''))));
    expect([...all].filter((name) => !found.has(name))).toEqual([]);
  });

  it('are of nobody else', () => expect(sheetOf('/src/features/add/LinkBox.module.mjs')).toBeUndefined());
});
