import i18next from 'i18next';

/** Numbers, sizes and times as the reader's language writes them. */
const number = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(i18next.language, options);

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `12.3 MB`: decimal units, as disks and browsers count. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return number({
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value);
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

export const formatNumber = (value: number): string => number({}).format(value);

export const formatPercent = (percent: number): string =>
  number({ style: 'percent', maximumFractionDigits: 0 }).format(percent / 100);

export const formatDate = (time: string | Date): string =>
  new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium' }).format(new Date(time));

export const formatTime = (time: string | Date): string =>
  new Intl.DateTimeFormat(i18next.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));

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
  return new Intl.RelativeTimeFormat(i18next.language, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}
