'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { focusField } from './focus-field';
import classes from './pass-panel.module.css';

export type Level = 'ready' | 'hints' | 'stops';

export interface PanelLine {
  /** The control that the line leads to. */
  readonly control: string;
  readonly label: string;
  readonly text: string;
  readonly kind: 'missing' | 'error' | 'hint';
}

interface Props {
  name: string;
  level: Level;
  icon: ReactNode;
  lines: readonly PanelLine[];
}

/** One vendor in the panel: how it stands, what is missing, and each rule in words. */
export function PanelVendor({ name, level, icon, lines }: Props) {
  const t = useTranslations('onboarding.panel');
  const missing = lines.filter((line) => line.kind === 'missing');
  const errors = lines.filter((line) => line.kind === 'error');
  const hints = lines.filter((line) => line.kind === 'hint');
  const summary = [
    ...(missing.length > 0 ? [t('missingCount', { count: missing.length })] : []),
    ...(errors.length > 0 ? [t('toCorrect', { count: errors.length })] : []),
    ...(hints.length > 0 ? [t('hints', { count: hints.length })] : []),
  ];
  return (
    <li>
      <p className={`${classes.vendor} ${classes[level]}`}>
        {icon}
        <span className={classes.name}>{name}</span>
        <span className={classes.summary}>{level === 'ready' ? t('ready') : summary.join(', ')}</span>
      </p>
      {missing.length > 0 && (
        <p className={classes.missing}>
          <span>{t('missing')}</span>
          {missing.map((line) => (
            <button key={line.control} type="button" className={classes.chip} onClick={() => focusField(line.control)}>
              {line.label}
            </button>
          ))}
        </p>
      )}
      {errors.length + hints.length > 0 && (
        <ul className={classes.lines}>
          {[...errors, ...hints].map((line) => (
            <li key={`${line.control} ${line.text}`}>
              <button type="button" className={classes.line} onClick={() => focusField(line.control)}>
                <strong>{line.label}</strong> {line.text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
