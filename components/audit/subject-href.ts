import type { AuditRow } from '@/lib/audit/audit-row';

/** Where the subject of an entry is shown, or null where it has no page. */
export function subjectHref({ subjectKind, subjectId, correlationId }: AuditRow): string | null {
  if (!/^[0-9a-f-]{36}$/.test(subjectId)) return null;
  switch (subjectKind) {
    case 'attempt':
      return correlationId === null ? `/attempts/${subjectId}` : `/onboardings/${correlationId}?attempt=${subjectId}`;
    case 'onboarding':
      return `/onboardings/${correlationId ?? subjectId}`;
    case 'customer':
      return `/customers/${subjectId}`;
    case 'connection':
      return `/connections/${subjectId}`;
    case 'partner':
      return `/partners?partner=${subjectId}`;
    case 'user':
      return `/users/${subjectId}`;
    default:
      return null;
  }
}
