import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../features/session/session';

interface Props extends ActionIconProps, Omit<ComponentPropsWithRef<'button'>, keyof ActionIconProps> {
  account: Account;
}

/** Opens the menu of whoever is signed in. */
export function AccountButton({ account, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" radius="xl" aria-label={t('nav.account', { name: account.full_name ?? account.email })} {...rest}>
      <IconUserCircle size={24} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
}
