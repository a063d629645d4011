'use client';

import { useTranslations } from 'next-intl';
import type { ExchangeView } from '@/lib/onboarding/record-view';

const known = [200, 201, 202, 204, 400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 500, 502, 503, 504] as const;
const failures = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'timeout',
] as const;

/** How a request ended, decoded: never a bare number. */
export function useStatusWords(): (exchange: Pick<ExchangeView, 'status' | 'failure' | 'refusal' | 'phase'>) => string {
  const t = useTranslations('onboarding.record');
  return ({ status, failure, refusal }) => {
    if (status !== null && refusal !== null) {
      return t('status.inside', { status: String(status), code: refusal.code, message: refusal.message ?? 'none' });
    }
    if (status === null) {
      const code = failures.find((one) => one === failure);
      if (code !== undefined) return t(`failure.${code}`);
      return failure === null ? t('failure.none') : t('failure.other', { code: failure });
    }
    const exact = known.find((one) => one === status);
    if (exact !== undefined) return t(`status.${exact}`);
    if (status < 300) return t('status.success', { status: String(status) });
    if (status < 400) return t('status.redirect', { status: String(status) });
    return t(status < 500 ? 'status.client' : 'status.server', { status: String(status) });
  };
}
