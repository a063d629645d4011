'use client';

import { useTranslations } from 'next-intl';
import { KeyValueList } from '@/components/display/key-value-list';
import classes from './plan.module.css';
import type { TypedValue } from './typed-values';

interface Props {
  readonly typed: readonly TypedValue[];
  readonly labelOf: (path: string) => string;
  /** What a picked value is called; null where it speaks for itself. */
  readonly nameOf: (path: string, value: string) => string | null;
}

/** What a person typed and chose: a choice by its name, with what is sent for it beside it. */
export function TypedList({ typed, labelOf, nameOf }: Props) {
  const t = useTranslations('display.typed');
  const words = (path: string, value: string | boolean) => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    const name = nameOf(path, value);
    if (name === null || name === value) return <bdi>{value}</bdi>;
    return (
      <>
        <bdi>{name}</bdi> <span className={`mono ${classes.chosenId}`}>{value}</span>
      </>
    );
  };
  return (
    <KeyValueList
      items={typed.map(({ path, values }) => ({
        label: `${labelOf(path)}${rowOf(path)}`,
        value:
          values.length === 0 ? (
            <span className={classes.dimmed}>{t('empty')}</span>
          ) : (
            values.map((value) => (
              <span key={String(value)} className={classes.typedValue}>
                {words(path, value)}
              </span>
            ))
          ),
      }))}
    />
  );
}

/** Rows of a list are told apart by their number. */
function rowOf(path: string): string {
  const numbers = [...path.matchAll(/\.(\d+)(?=\.|$)/g)].map((match) => Number(match[1]) + 1);
  return numbers.length === 0 ? '' : ` (${numbers.join('.')})`;
}
