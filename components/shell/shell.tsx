import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type Role, roleHolds } from '@/lib/auth/permissions';
import { Link } from '../display/link';
import { LeaveGuard } from '../leaving/leave-guard';
import { AccountMenu } from './account-menu';
import { Brand } from './brand';
import { Drawer } from './drawer';
import { MainNavigation } from './main-navigation';
import { navigationOf } from './navigation';
import { SandboxStrip } from './sandbox-strip';
import { SchemeToggle } from './scheme-toggle';
import classes from './shell.module.css';
import { HelpButton, SearchButton } from './tool-buttons';
import { ToolsProvider } from './tools';

interface Props {
  person: {
    readonly name: string;
    readonly email: string;
    readonly partnerName: string;
    readonly role: Role;
  };
  sandbox: boolean;
  /** An AttentionBadge; it may arrive later than the frame. */
  badge: ReactNode;
  children: ReactNode;
}

/** The frame of every page after sign-in. There is no "current partner" in it, on purpose. */
export function Shell({ person, sandbox, badge, children }: Props) {
  const t = useTranslations('shell');
  const entries = navigationOf(person.role);
  const home = (
    <Link href="/" className={classes.home} aria-label={t('brand')}>
      <Brand name={t('brand')} />
    </Link>
  );
  return (
    <ToolsProvider entries={entries} mayOnboard={roleHolds(person.role, 'onboarding.submit')}>
      <a href="#content" className={classes.skip}>
        {t('skip')}
      </a>
      {sandbox && <SandboxStrip />}
      <div className={classes.frame}>
        <div className={classes.side}>
          <MainNavigation entries={entries} badge={badge} head={<div className={classes.sideHead}>{home}</div>} />
        </div>
        <div className={classes.right}>
          <header className={classes.top}>
            <Drawer>
              <MainNavigation entries={entries} badge={badge} />
            </Drawer>
            <div className={classes.topHome}>{home}</div>
            <SearchButton />
            <div className={classes.tools}>
              <HelpButton />
              <SchemeToggle />
            </div>
            <AccountMenu {...person}>
              <HelpButton />
              <SchemeToggle />
            </AccountMenu>
          </header>
          <main id="content" tabIndex={-1} className={classes.content}>
            {children}
          </main>
        </div>
      </div>
      <LeaveGuard />
    </ToolsProvider>
  );
}
