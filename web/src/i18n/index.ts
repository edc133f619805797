import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './catalogs/en.json';

/** Languages there is a catalogue of, each under its own name. Another one is a file and a line here. */
export const languages = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  zh: '中文',
} as const;

export type Language = keyof typeof languages;

const stored = 'decant-language';

const catalogues = import.meta.glob<{ default: typeof en }>(['./catalogs/*.json', '!./catalogs/en.json']);

const isKnown = (tag: string | null | undefined): tag is Language => tag != null && tag in languages;

/** The reader's choice, else the first of the browser's languages that there is a catalogue of. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(stored);
  if (isKnown(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isKnown) ?? 'en';
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(stored, language);
  await show(language);
}

export async function startTranslations(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await show(preferredLanguage());
}

async function show(language: Language): Promise<void> {
  const load = catalogues[`./catalogs/${language}.json`];
  if (load) i18next.addResourceBundle(language, 'translation', (await load()).default);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  document.documentElement.dir = i18next.dir(language);
}

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}
