import { BarChart } from '@mantine/charts';
import { SegmentedControl } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { formatCents, formatNumber, formatPeriod } from '../../i18n/format';
import { Loaded } from '../../ui/Loaded';
import { ChartCard } from './ChartCard';
import type { Purse, Step } from './useSpending';

interface Props {
  by: Step;
  onStep: (by: Step) => void;
  purse: Purse;
  onPurse: (purse: Purse) => void;
  spent: UseQueryResult<{ period: string; used: number }[]>;
}

/** What was spent by day or month, in credits or in dollars: each on a scale of its own. */
export function SpendingChart({ by, onStep, purse, onPurse, spent }: Props) {
  const { t } = useTranslation();
  const name = t(`usage.${purse}`);
  return (
    <ChartCard
      title={t('usage.spent')}
      label={t('usage.spent')}
      value={by}
      onChange={onStep}
      choices={[
        { value: 'day', label: t('usage.byDay') },
        { value: 'month', label: t('usage.byMonth') },
      ]}
      more={
        <SegmentedControl
          size="xs"
          aria-label={t('usage.purse')}
          value={purse}
          onChange={(chosen) => onPurse(chosen as Purse)}
          data={(['credits', 'wallet'] as const).map((value) => ({ value, label: t(`usage.${value}`) }))}
        />
      }
    >
      <Loaded query={spent} empty={t('usage.nothing')} isEmpty={(periods) => periods.every(({ used }) => used === 0)}>
        {(periods) => (
          <BarChart
            h={220}
            data={[...periods].reverse().map(({ period, used }) => ({ period: formatPeriod(period), [name]: used }))}
            dataKey="period"
            maxBarWidth={48}
            valueFormatter={purse === 'credits' ? formatNumber : formatCents}
            yAxisProps={{ width: 80, allowDecimals: false }}
            series={[{ name, color: 'teal.6' }]}
          />
        )}
      </Loaded>
    </ChartCard>
  );
}
