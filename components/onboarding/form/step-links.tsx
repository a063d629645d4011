'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import classes from './form.module.css';

export const steps = ['customer', 'vendors', 'details', 'plan'] as const;
type Step = (typeof steps)[number];

/** The steps: places in one form, not pages that hide each other. */
export function StepLinks({ present }: { present: readonly Step[] }) {
  const t = useTranslations('onboarding.steps');
  const current = useCurrentStep(present);
  return (
    <nav aria-label={t('label')} className={classes.steps}>
      <ol>
        {steps.map((step, index) => (
          <li key={step}>
            {present.includes(step) ? (
              <a
                href={`#${step}`}
                aria-current={step === current ? 'step' : undefined}
                onClick={(event) => {
                  event.preventDefault();
                  goTo(step);
                }}
              >
                <span aria-hidden className={classes.number}>
                  {index + 1}
                </span>{' '}
                {t(step)}
              </a>
            ) : (
              <span className={classes.later}>
                <span aria-hidden className={classes.number}>
                  {index + 1}
                </span>{' '}
                {t(step)}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Shows a step and puts the keyboard's place at its heading. */
export function goTo(step: Step): void {
  const section = document.getElementById(step);
  section?.scrollIntoView({ block: 'start' });
  section?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
}

/** The last step whose beginning has passed the upper third of the window. */
function useCurrentStep(present: readonly Step[]): Step {
  const [current, setCurrent] = useState<Step>('customer');
  const key = present.join(' ');
  useEffect(() => {
    const look = () => {
      const passed = steps.filter((step) => {
        const top = document.getElementById(step)?.getBoundingClientRect().top;
        return key.includes(step) && top !== undefined && top < window.innerHeight / 3;
      });
      setCurrent(passed.at(-1) ?? 'customer');
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, [key]);
  return current;
}
