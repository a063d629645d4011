'use client';

import { useTranslations } from 'next-intl';
import { Dialog } from '../display/dialog';
import { type AttemptState, StateBadge } from '../display/state-badge';
import classes from './help.module.css';
import { Keys } from './keys';
import keyClasses from './keys.module.css';

const states: readonly AttemptState[] = ['waiting', 'pending', 'sent', 'succeeded', 'refused', 'unknown'];
const words = ['onboarding', 'attempt', 'connection', 'mapping', 'adopt', 'settle'] as const;

function Key({ children }: { children: string }) {
  return <kbd className={keyClasses.key}>{children}</kbd>;
}

/** Shortcuts, states and words of the portal. Loaded when opened. */
export function Help({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shell.help');
  return (
    <Dialog title={t('title')} onClose={onClose} wide>
      <div className={classes.columns}>
        <section>
          <h3>{t('shortcuts')}</h3>
          <dl className={classes.keys}>
            <div>
              <dt>
                <Keys command="K" /> {t('or')} <Key>/</Key>
              </dt>
              <dd>{t('keys.search')}</dd>
            </div>
            <div>
              <dt>
                <Key>?</Key>
              </dt>
              <dd>{t('keys.help')}</dd>
            </div>
            <div>
              <dt>
                <Key>↑</Key> <Key>↓</Key>
              </dt>
              <dd>{t('keys.move')}</dd>
            </div>
            <div>
              <dt>
                <Key>Enter</Key>
              </dt>
              <dd>{t('keys.enter')}</dd>
            </div>
            <div>
              <dt>
                <Key>Esc</Key>
              </dt>
              <dd>{t('keys.escape')}</dd>
            </div>
          </dl>
          <h3>{t('states.title')}</h3>
          <dl className={classes.states}>
            {states.map((state) => (
              <div key={state}>
                <dt>
                  <StateBadge state={state} />
                </dt>
                <dd>{t(`states.${state}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section>
          <h3>{t('words')}</h3>
          <dl className={classes.words}>
            {words.map((word) => (
              <div key={word}>
                <dt>{t(`terms.${word}`)}</dt>
                <dd>{t(`terms.${word}Text`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
