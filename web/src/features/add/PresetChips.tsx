import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { builtIn } from './presets';

interface Props {
  /** Id of the preset that is chosen; empty for none of them. */
  value: string;
  onChange: (id: string) => void;
  label: string;
}

/** The choices that are one click away. */
export function PresetChips({ value, onChange, label }: Props) {
  const { t } = useTranslation();
  return (
    <Chip.Group value={value} onChange={(id) => onChange(String(id))}>
      <Group gap="xs" role="radiogroup" aria-label={label}>
        {builtIn.map((one) => (
          <Chip key={one.id} value={one.id} size="sm" variant="light">
            {t(`preset.${one.id}`)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
