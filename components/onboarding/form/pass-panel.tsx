'use client';

import { IconAlertTriangle, IconCheck, IconChevronUp, IconX } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { CustomerFacts, LintFinding } from '@/lib/vendors/vendor';
import { useFieldWords, useFindingWords } from '../vendor-words';
import { controlName, type Linted, type VendorLint } from './lint-all';
import { type Level, type PanelLine, PanelVendor } from './panel-vendor';
import classes from './pass-panel.module.css';

interface Props {
  linted: Linted;
  facts: CustomerFacts;
  /** A plan stands below: the panel stays above it. */
  readonly planned: boolean;
}

/** Will it pass? Per vendor green, amber or red, with each rule in words; a line leads to its field. */
export function PassPanel({ linted, facts, planned }: Props) {
  const t = useTranslations('onboarding.panel');
  const [open, setOpen] = useState(false);
  const toLines = useLines();
  const own = useOwnLines(linted, facts);
  const levels = linted.vendors.map(({ findings }) => levelOf(findings));
  const count = (level: Level) => levels.filter((one) => one === level).length;
  return (
    <aside
      className={classes.panel}
      aria-label={t('title')}
      data-open={open || undefined}
      data-planned={planned || undefined}
    >
      <h2 className={classes.title}>{t('title')}</h2>
      <button type="button" className={classes.bar} aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>{t('title')}</span>
        <span className={classes.barCounts}>
          {(['ready', 'hints', 'stops'] as const)
            .filter((level) => count(level) > 0)
            .map((level) => (
              <span key={level} className={classes[level]}>
                <LevelIcon level={level} /> {t(`bar.${level}`, { count: count(level) })}
              </span>
            ))}
          {levels.length === 0 && t('noVendor')}
        </span>
        <IconChevronUp size={16} aria-hidden />
      </button>
      {/* On a phone the list covers the field that a line leads to: it closes behind it. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the clicks come from the buttons in it, by key or by pointer. */}
      <ul className={classes.vendors} onClick={() => setOpen(false)}>
        {own.length > 0 && (
          <PanelVendor name={t('customer')} level="stops" icon={<LevelIcon level="stops" />} lines={own} />
        )}
        {linted.vendors.map((vendor) => {
          const level = levelOf(vendor.findings);
          return (
            <PanelVendor
              key={vendor.connection.connectionId}
              name={vendor.connection.name}
              level={level}
              icon={<LevelIcon level={level} />}
              lines={toLines(vendor)}
            />
          );
        })}
        {linted.vendors.length === 0 && <li className={classes.none}>{t('noVendorLong')}</li>}
      </ul>
    </aside>
  );
}

function levelOf(findings: readonly LintFinding[]): Level {
  if (findings.length === 0) return 'ready';
  return findings.some((finding) => finding.level === 'error') ? 'stops' : 'hints';
}

function LevelIcon({ level }: { level: Level }) {
  if (level === 'ready') return <IconCheck size={14} stroke={2.5} aria-hidden />;
  if (level === 'hints') return <IconAlertTriangle size={14} aria-hidden />;
  return <IconX size={14} stroke={2.5} aria-hidden />;
}

function useLines(): (vendor: VendorLint) => readonly PanelLine[] {
  const words = useFindingWords();
  const fieldWords = useFieldWords();
  return ({ connection, findings }) =>
    findings.map((finding) => ({
      control: controlName(finding.field, connection.connectionId),
      label: fieldWords(connection.vendor, finding.field) ?? finding.field,
      text: words(finding),
      kind: finding.level === 'hint' ? 'hint' : /\.(required|missing)$/.test(finding.message) ? 'missing' : 'error',
    }));
}

/** Our own rules, as far as no vendor says something about the same field. */
function useOwnLines({ facts: sentences, vendors }: Linted, facts: CustomerFacts): readonly PanelLine[] {
  const fieldWords = useFieldWords();
  const said = new Set(vendors.flatMap(({ findings }) => findings.map((finding) => finding.field)));
  const typed = new Map(Object.entries(facts));
  return Object.entries(sentences)
    .filter(([field]) => !said.has(field))
    .map(([field, text]) => ({
      control: field,
      label: fieldWords('cloud-cockpit', field) ?? field,
      text,
      kind: typed.get(field.replace('customer.', '')) === '' ? 'missing' : 'error',
    }));
}
