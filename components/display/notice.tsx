import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { ReactNode, Ref } from 'react';
import classes from './notice.module.css';

export type NoticeKind = 'info' | 'success' | 'warning' | 'error';

const icons = {
  info: IconInfoCircle,
  success: IconCircleCheck,
  warning: IconAlertTriangle,
  error: IconCircleX,
} as const;

interface Props {
  kind: NoticeKind;
  title: string;
  children?: ReactNode;
  /** With a ref it can be given focus, as FormError does. */
  ref?: Ref<HTMLDivElement>;
}

/** A box that says something about the page. An error says what happened, whether it took effect, what to do. */
export function Notice({ kind, title, children, ref }: Props) {
  const t = useTranslations('display.notice');
  const Icon = icons[kind];
  return (
    <div ref={ref} tabIndex={ref === undefined ? undefined : -1} className={`${classes.notice} ${classes[kind]}`}>
      <Icon size={18} aria-hidden />
      <div className={classes.body}>
        <p className={classes.title}>
          <span className="visually-hidden">{t(kind)}: </span>
          {title}
        </p>
        {children !== undefined && <div className={classes.text}>{children}</div>}
      </div>
    </div>
  );
}
