import { type ReactNode, Suspense } from 'react';
import { Messages } from '@/components/display/messages';
import { AttentionBadge } from '@/components/shell/attention-badge';
import { Shell } from '@/components/shell/shell';
import { countNeedingSomebody } from '@/lib/attempts/count-needing-somebody';
import { type Actor, currentActor } from '@/lib/auth/actor';
import { env } from '@/lib/env';

async function Attention({ actor }: { actor: Actor }) {
  return <AttentionBadge count={await countNeedingSomebody(actor)} />;
}

/** The frame. It guards nothing: each page asks for its actor itself, and sends a stranger to the sign-in. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor();
  if (actor === null) return children;
  const { name, email, partnerName, role } = actor;
  return (
    <Messages only={['shell']}>
      <Shell
        person={{ name, email, partnerName, role }}
        sandbox={env().QUAYSIDE_SANDBOX}
        badge={
          <Suspense fallback={null}>
            <Attention actor={actor} />
          </Suspense>
        }
      >
        {children}
      </Shell>
    </Messages>
  );
}
