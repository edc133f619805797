import { expect, test } from 'vitest';
import { languages } from '.';
import en from './catalogs/en.json';

const catalogues = import.meta.glob<{ default: object }>('./catalogs/*.json', { eager: true });
const plural = /_(zero|one|two|few|many|other)$/;

function* entries(part: object, path = ''): Generator<[key: string, text: string]> {
  for (const [name, value] of Object.entries(part))
    if (typeof value === 'string') yield [path + name, value];
    else yield* entries(value as object, `${path}${name}.`);
}

const bare = (key: string): string => key.replace(plural, '');
const placeholders = (text: string): string[] => [...text.matchAll(/\{\{(\w+)(?:, number)?\}\}/g)].map((match) => match[1] ?? '').sort();

test.each(Object.keys(languages))('the catalogue %s is whole', (language) => {
  const catalogue = new Map(entries(catalogues[`./catalogs/${language}.json`]?.default ?? {}));
  const english = new Map(entries(en));
  expect(new Set([...catalogue.keys()].map(bare))).toEqual(new Set([...english.keys()].map(bare)));
  // Each form of the plural that the language has, and no other.
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== 'many');
  for (const key of [...english.keys()].filter((one) => one.endsWith('_other')))
    for (const form of forms) expect(catalogue.has(`${bare(key)}_${form}`), `${bare(key)}_${form}`).toBe(true);
  for (const [key, text] of catalogue) {
    expect(text.trim(), key).not.toBe('');
    expect(placeholders(text), key).toEqual(placeholders(english.get(key) ?? english.get(`${bare(key)}_other`) ?? ''));
  }
});
