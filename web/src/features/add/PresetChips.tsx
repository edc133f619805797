import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { builtIn, type Preset } from './presets';
import classes from './PresetChips.module.css';
import { useOwnPresets } from './useOwnPresets';

interface Props {
  /** Id of the preset that is chosen; empty for none of them. */
  value: string;
  onChange: (id: string) => void;
  label: string;
  /** What a choice comes to, such as its size; undefined where that is not known. */
  noteOf?: (preset: Preset) => string | undefined;
}

/** The choices that are one click away: the built-in ones, and the account's own. */
export function PresetChips({ value, onChange, label, noteOf }: Props) {
  const { t } = useTranslation();
  const own = useOwnPresets();
  return (
    <Chip.Group value={value} onChange={(id) => onChange(String(id))}>
      <Group gap="xs" role="radiogroup" aria-label={label}>
        {builtIn.map((one) => (
          <Chip key={one.id} value={one.id} size="sm" variant="light">
            <span>{t(`preset.${one.id}`)}</span>
            <Note text={noteOf?.(one)} />
          </Chip>
        ))}
        {own.map((one) => (
          <Chip key={one.id} value={one.id} size="sm" variant="light">
            <bdi>{one.name}</bdi>
            <Note text={noteOf?.(one)} />
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function Note({ text }: { text: string | undefined }) {
  return text === undefined ? null : <span className={classes.note}>{text}</span>;
}
