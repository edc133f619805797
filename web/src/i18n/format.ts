import i18next from 'i18next';

/** A formatter of the reader's language, made once: making one takes far longer than using it, and a list of thousands uses it. */
function once<T>(make: (language: string) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const { language } = i18next;
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** For each unit without a fraction, and with one digit of it. */
const sizes = units.map((unit) =>
  [0, 1].map((maximumFractionDigits) => once((language) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits }))),
);

/** `12.3 MB`: decimal units, as disks and browsers count. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  const size = sizes[step]?.[value < 10 && step > 0 ? 1 : 0];
  return size?.().format(value) ?? String(bytes);
}

export const formatRate = (bytesPerSecond: number): string => `${formatBytes(bytesPerSecond)}/s`;

/** `1:02:03`, `4:05`: a length of media. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `1920×1080`, as it is written. */
export const formatResolution = (resolution: string | null | undefined): string | undefined => resolution?.replace('x', '×');

const numbers = once((language) => new Intl.NumberFormat(language));
const percents = once((language) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }));
const dollars = once((language) => new Intl.NumberFormat(language, { style: 'currency', currency: 'USD' }));
const dates = once((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium' }));
const times = once((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }));
const clocks = once((language) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }));
const months = once((language) => new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric' }));
const spans = once((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));

export const formatNumber = (value: number): string => numbers().format(value);

/** `$0.04` of 4. */
export const formatCents = (cents: number): string => dollars().format(cents / 100);

export const formatPercent = (percent: number): string => percents().format(percent / 100);

export const formatDate = (time: string | Date): string => dates().format(new Date(time));

export const formatTime = (time: string | Date): string => times().format(new Date(time));

/** `2:03:20 PM`: a time of today, to the second. */
export const formatClock = (time: number): string => clocks().format(time);

/** `Nov 29, 2026` of `2026-11-29`, and `Nov 2026` of `2026-11`: a day or a month of the calendar, wherever the reader is. */
export function formatPeriod(period: string): string {
  const [year, month, day] = period.split('-').map(Number);
  const begin = new Date(year ?? 0, (month ?? 1) - 1, day ?? 1);
  return (day === undefined ? months() : dates()).format(begin);
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** `in 3 hours`, `2 days ago`. */
export function formatRelative(time: string | Date, now = Date.now()): string {
  const seconds = (new Date(time).getTime() - now) / 1000;
  const [unit, size] = steps.find(([, one]) => Math.abs(seconds) >= one) ?? (['second', 1] as const);
  return spans().format(Math.round(seconds / size), unit);
}
