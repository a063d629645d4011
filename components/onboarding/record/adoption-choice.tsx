'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { CopyableId } from '@/components/display/copyable-id';
import { PlainField } from '@/components/form/plain-field';
import type { AdoptionCandidates, AttemptView } from '@/lib/onboarding/record-view';
import type { ActionFailure } from '@/lib/result';
import { useProblemWords, useVendorName } from '../vendor-words';
import classes from './record.module.css';
import type { RecordActions } from './record-actions';

/** What a person has chosen so far: one of those found, or an id of its own. */
export type AdoptionChosen =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'found'; readonly vendorId: string }
  | { readonly kind: 'typed'; readonly vendorId: string };

interface Props {
  attempt: AttemptView;
  findCandidates: RecordActions['findCandidates'];
  chosen: AdoptionChosen;
  /** What is wrong with the id that was typed. */
  problem: string | undefined;
  onChoose: (chosen: AdoptionChosen) => void;
}

/** Which customer at the vendor it is: picked from what is found there, or typed as an id. Nothing is chosen beforehand. */
export function AdoptionChoice({ attempt, findCandidates, chosen, problem, onChoose }: Props) {
  const t = useTranslations('onboarding.record.adopt');
  const inWords = useProblemWords();
  const vendor = useVendorName()(attempt.vendor);
  const group = useId();
  const { data, isFetching, refetch } = useQuery({
    queryKey: ['adoption-candidates', attempt.attemptId],
    queryFn: () => findCandidates({ attemptId: attempt.attemptId }).catch(unexpected),
    // Read once each time the dialog opens, not whenever the window is looked at.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (data === undefined || isFetching) return <p role="status">{t('looking', { vendor })}</p>;

  const candidates = data.ok ? data.value : null;
  const found = candidates?.found ?? [];
  const why = data.ok ? (candidates?.problem == null ? null : inWords(candidates.problem)) : (data.message ?? '');
  const mayType = found.length === 0 || chosen.kind === 'typed';
  return (
    <>
      {why !== null && (
        <p role="status">
          {t('unread', { vendor })} {why}{' '}
          <button type="button" className={classes.again} onClick={() => void refetch()}>
            {t('again')}
          </button>
        </p>
      )}
      {why === null && found.length === 0 && <p role="status">{t('noneFound', { vendor })}</p>}
      {candidates?.elsewhere === true && <p>{t('elsewhere', { vendor, owner: attempt.ownerName })}</p>}
      {found.length > 0 && (
        <fieldset className={classes.choices}>
          <legend>{t('which')}</legend>
          {found.map((one) => (
            <Candidate
              key={one.vendorId}
              candidate={one}
              vendor={vendor}
              group={group}
              checked={chosen.kind === 'found' && chosen.vendorId === one.vendorId}
              onChoose={() => onChoose({ kind: 'found', vendorId: one.vendorId })}
            />
          ))}
          <label>
            <input
              type="radio"
              name={group}
              required
              checked={chosen.kind === 'typed'}
              onChange={() => onChoose({ kind: 'typed', vendorId: '' })}
            />
            <span>{t('another')}</span>
          </label>
        </fieldset>
      )}
      {mayType && (
        <PlainField
          label={t('vendorId', { vendor })}
          description={t('vendorIdHelp', { vendor })}
          required
          maxLength={255}
          autoComplete="off"
          spellCheck={false}
          value={chosen.kind === 'typed' ? chosen.vendorId : ''}
          error={problem}
          onChange={(event) => onChoose({ kind: 'typed', vendorId: event.currentTarget.value })}
        />
      )}
    </>
  );
}

const unexpected = (): ActionFailure => ({ ok: false, code: 'unexpected' });

interface CandidateProps {
  candidate: AdoptionCandidates['found'][number];
  vendor: string;
  group: string;
  checked: boolean;
  onChoose: () => void;
}

function Candidate({ candidate, vendor, group, checked, onChoose }: CandidateProps) {
  const t = useTranslations('onboarding');
  const { vendorId, name, country, email, match, linkedTo } = candidate;
  const facts = [country, email, t(`plan.match.${match}`)].filter((part) => part !== null && part !== '');
  return (
    <div className={classes.candidate}>
      <label data-disabled={linkedTo !== null || undefined}>
        <input type="radio" name={group} required checked={checked} disabled={linkedTo !== null} onChange={onChoose} />
        <span>
          {name}
          <span className={classes.candidateFacts}>{facts.join(' · ')}</span>
          {linkedTo !== null && (
            <span className={classes.candidateFacts}>{t('record.adopt.linkedTo', { customer: linkedTo })}</span>
          )}
        </span>
      </label>
      <CopyableId id={vendorId} label={t('plan.vendorId', { vendor })} />
    </div>
  );
}
