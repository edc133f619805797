import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client';

/** What an account pays from: credits, or a wallet of dollars. */
export type Purse = 'credits' | 'wallet';
export type Step = 'day' | 'month';

/** What was spent from each purse, and the one that is shown: the reader's choice, else the one that something was spent from. */
export function useSpending(by: Step) {
  const [chosen, setPurse] = useState<Purse>();
  const query = { params: { query: { by } } };
  const credits = useQuery({
    queryKey: ['credits', 'statistics', by],
    queryFn: async ({ signal }) => {
      const { items } = await body(api.GET('/api/v1/credits/usage/statistics', { ...query, signal }));
      return items.map(({ period, used_credits: used }) => ({ period, used }));
    },
  });
  const wallet = useQuery({
    queryKey: ['wallet', 'statistics', by],
    queryFn: async ({ signal }) => {
      const { items } = await body(api.GET('/api/v1/api-wallet/usage/statistics', { ...query, signal }));
      return items.map(({ period, used_cents: used }) => ({ period, used }));
    },
  });
  const isUsed = (spent: typeof credits) => spent.data?.some(({ used }) => used > 0) === true;
  const purse = chosen ?? (isUsed(wallet) && !isUsed(credits) ? 'wallet' : 'credits');
  return { purse, setPurse, spent: purse === 'credits' ? credits : wallet };
}
