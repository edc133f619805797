import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { builtIn } from './presets';
import { useOwnPresets } from './useOwnPresets';

interface Props {
  /** Id of the preset that is chosen; empty for none of them. */
  value: string;
  onChange: (id: string) => void;
  label: string;
}

/** The choices that are one click away: the built-in ones, and the account's own. */
export function PresetChips({ value, onChange, label }: Props) {
  const { t } = useTranslation();
  const own = useOwnPresets();
  return (
    <Chip.Group value={value} onChange={(id) => onChange(String(id))}>
      <Group gap="xs" role="radiogroup" aria-label={label}>
        {builtIn.map((one) => (
          <Chip key={one.id} value={one.id} size="sm" variant="light">
            {t(`preset.${one.id}`)}
          </Chip>
        ))}
        {own.map((one) => (
          <Chip key={one.id} value={one.id} size="sm" variant="light">
            <bdi>{one.name}</bdi>
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
