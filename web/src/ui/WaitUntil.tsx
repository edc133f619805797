import { Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatClock, formatDuration } from '../i18n/format';

/** The time from which on something can be tried again, and how long that still is. The clock that runs is for the eye alone. */
export function WaitUntil({ time, onOver }: { time: number; onOver: (() => void) | undefined }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(() => Math.ceil((time - Date.now()) / 1000));
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.ceil((time - Date.now()) / 1000)), 250);
    return () => clearInterval(timer);
  }, [time]);
  const isOver = left <= 0;
  useEffect(() => {
    if (isOver) onOver?.();
    // Once, and not for each way of calling that a later drawing brings.
  }, [isOver]);
  if (isOver) return null;
  return (
    <Text size="sm" mt={4}>
      {t('error.again', { time: formatClock(time) })} <span aria-hidden>({formatDuration(left)})</span>
    </Text>
  );
}
