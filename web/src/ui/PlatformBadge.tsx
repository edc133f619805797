import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const names: Readonly<Record<string, string>> = {
  youtube: 'YouTube',
  tiktok: 'TikTok',
  instagram: 'Instagram',
  vimeo: 'Vimeo',
  twitter: 'X',
  facebook: 'Facebook',
  spotify: 'Spotify',
  soundcloud: 'SoundCloud',
  twitch: 'Twitch',
  dailymotion: 'Dailymotion',
};

/** A platform by the name that people know it by. */
export const platformName = (platform: string, other: string): string => names[platform] ?? other;

export function PlatformBadge({ platform }: { platform: string }) {
  const { t } = useTranslation();
  return (
    <Badge variant="default" tt="none" fw={500}>
      {platformName(platform, t('add.otherPlatform'))}
    </Badge>
  );
}
