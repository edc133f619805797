import { IconMovie, IconMusic } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDuration } from '../i18n/format';
import classes from './Poster.module.css';

interface Props {
  /** The picture: one of this server's own addresses, since the page loads nothing from elsewhere. */
  src?: string | null;
  /** The page whose picture is to be shown where there is no file of it yet. */
  url?: string;
  title: string;
  duration?: number | null;
  isLive?: boolean;
  isAudio?: boolean;
}

/** A medium's picture in the shape of a film; a quiet stand-in until it is there, or where there is none. */
export function Poster({ src, url, title, duration, isLive = false, isAudio = false }: Props) {
  const address = src ?? (url === undefined ? undefined : `/api/v1/video/preview?url=${encodeURIComponent(url)}`);
  const [isMissing, setIsMissing] = useState(false);
  const Icon = isAudio ? IconMusic : IconMovie;
  return (
    <div className={classes.poster}>
      <Icon size={32} stroke={1.25} aria-hidden />
      {address !== undefined && !isMissing && (
        <img src={address} alt="" title={title} loading="lazy" decoding="async" onError={() => setIsMissing(true)} />
      )}
      {duration != null && !isLive && <span className={classes.length}>{formatDuration(duration)}</span>}
    </div>
  );
}
