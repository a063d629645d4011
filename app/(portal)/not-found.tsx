import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/display/button-link';
import { MessagePage } from '@/components/shell/message-page';

/** Wrong address, or not in the actor's branch: both look the same. */
export default async function NotFound() {
  const t = await getTranslations('shell.notFound');
  return (
    <MessagePage
      title={t('title')}
      text={t('text')}
      action={
        <ButtonLink href="/" look="primary">
          {t('home')}
        </ButtonLink>
      }
    />
  );
}
