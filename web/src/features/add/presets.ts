import type { Schemas } from '../../api/client';

export type DownloadRequest = Schemas['DownloadRequest'];
export type Info = Schemas['InfoResponse'];
export type Option = Schemas['InfoOption'];

/** A choice that is one click away. Its request is what the API takes; nothing here is possible for the page alone. */
export interface Preset {
  id: string;
  request: Omit<DownloadRequest, 'url'>;
}

/** Those every page begins with, named in the catalogues under `preset.<id>`. */
export const builtIn = [
  { id: 'best', request: { format: 'mp4', quality: 'best' } },
  { id: 'hd', request: { format: 'mp4', quality: '1080p' } },
  { id: 'everywhere', request: { format: 'mp4', quality: '1080p', video_codec: 'h264', audio_codec: 'aac' } },
  { id: 'small', request: { format: 'mp4', quality: '480p' } },
  { id: 'mp3', request: { format: 'mp3', quality: 'best' } },
  { id: 'sound', request: { audio_only: true } },
] as const satisfies readonly Preset[];

const audioFormats = new Set(['mp3', 'wav', 'aac', 'm4a', 'ogg', 'opus', 'flac', 'original']);

export const isAudio = (request: Preset['request']): boolean =>
  request.audio_only === true || audioFormats.has(request.format ?? '');

/**
 * The request that a choice comes to for one medium. "The sound as it is" is whatever container takes the source's
 * sound without encoding it; where the medium has no picture, a choice of video becomes its sound.
 */
export function requestFor(choice: Preset['request'], info: Info): Preset['request'] {
  const options = info.options ?? [];
  const hasPicture = options.length === 0 || options.some((option) => option.video_codec != null);
  if (choice.audio_only === true && choice.format == null) return soundAsItIs(options, choice);
  if (!hasPicture && !isAudio(choice)) return soundAsItIs(options, { ...choice, video_codec: undefined, quality: 'best' });
  return choice;
}

function soundAsItIs(options: readonly Option[], choice: Preset['request']): Preset['request'] {
  const copy = options.find((option) => option.is_copy && option.video_codec == null && option.quality === 'best');
  return { ...choice, audio_only: true, format: copy?.format ?? 'mp3', quality: 'best' };
}

/** What the choice would give, by what the look-up listed; undefined where it listed nothing like it. */
export function optionFor(request: Preset['request'], options: readonly Option[] | null | undefined): Option | undefined {
  const alike = (options ?? []).filter((option) => option.format === (request.format ?? 'mp4'));
  const quality = request.quality ?? 'best';
  return alike.find((option) => option.quality === quality) ?? highestBelow(alike, quality) ?? alike.find((option) => option.quality === 'best');
}

function highestBelow(options: readonly Option[], quality: string): Option | undefined {
  const wanted = Number.parseInt(quality, 10);
  if (!Number.isFinite(wanted)) return undefined;
  return options
    .map((option) => ({ option, height: Number.parseInt(option.quality, 10) }))
    .filter(({ height }) => Number.isFinite(height) && height <= wanted)
    .sort((one, other) => other.height - one.height)[0]?.option;
}
