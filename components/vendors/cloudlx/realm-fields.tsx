'use client';

import { useTranslations } from 'next-intl';
import { useController } from 'react-hook-form';
import { fieldId } from '@/components/form/field-id';
import { QueryProvider } from '@/components/theme/query-provider';
import { NumbersField } from './numbers-field';
import { RealmFrame, type RealmRow } from './realm-frame';
import classes from './realms.module.css';
import { toNumbers, withNumber } from './to-numbers';

interface Props {
  at: string;
  timeZone: string;
}

/** What the customer can work with: realms, and sub-realms that are shown and, of those, enabled. */
export function RealmFields(props: Props) {
  return (
    <QueryProvider>
      <Realms {...props} />
      <SubRealms {...props} />
    </QueryProvider>
  );
}

function Realms({ at, timeZone }: Props) {
  const t = useTranslations('cloudlx');
  const name = `${at}.realms`;
  const { field, fieldState } = useController({ name });
  const chosen = toNumbers(field.value);
  return (
    <RealmFrame
      connectionId={at}
      timeZone={timeZone}
      lookup="realms"
      id={fieldId(name)}
      label={t('fields.realms.label')}
      help={t('fields.realms.help')}
      chosen={chosen}
      errors={[fieldState.error?.message]}
      typed={
        <NumbersField
          name={name}
          label={t('realms.numbers')}
          description={t('realms.typedHelp', { example: '1, 2, 7' })}
        />
      }
      list={(rows) => (
        <ul className={classes.choices}>
          {rows.map((row) => (
            <li key={row.id}>
              <label className={classes.choice}>
                <input
                  type="checkbox"
                  checked={chosen.includes(row.id)}
                  onChange={(event) => field.onChange(withNumber(chosen, row.id, event.currentTarget.checked))}
                  onBlur={field.onBlur}
                />
                <RealmWords row={row} />
              </label>
            </li>
          ))}
        </ul>
      )}
    />
  );
}

function SubRealms({ at, timeZone }: Props) {
  const t = useTranslations('cloudlx');
  const [shownName, enabledName] = [`${at}.shownSubRealms`, `${at}.enabledSubRealms`];
  const shown = useController({ name: shownName });
  const enabled = useController({ name: enabledName });
  const [isShown, isEnabled] = [toNumbers(shown.field.value), toNumbers(enabled.field.value)];
  const show = (id: string, on: boolean) => {
    shown.field.onChange(withNumber(isShown, id, on));
    // What is not shown cannot be enabled: it goes with it.
    if (!on && isEnabled.includes(id)) enabled.field.onChange(withNumber(isEnabled, id, false));
  };
  const mayEnable = (id: string) => isShown.includes(id) || isEnabled.includes(id);
  return (
    <RealmFrame
      connectionId={at}
      timeZone={timeZone}
      lookup="sub-realms"
      id={fieldId(shownName)}
      label={t('fields.shownSubRealms.label')}
      help={t('fields.shownSubRealms.help')}
      chosen={[...isShown, ...isEnabled]}
      errors={[shown.fieldState.error?.message, enabled.fieldState.error?.message]}
      typed={
        <>
          <NumbersField
            name={shownName}
            label={t('realms.shown')}
            description={t('realms.typedHelp', { example: '313, 328' })}
          />
          <NumbersField
            name={enabledName}
            label={t('realms.enabled')}
            description={t('fields.enabledSubRealms.help')}
          />
        </>
      }
      list={(rows) => (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('realms.subRealm')}</th>
              <th scope="col">{t('realms.shown')}</th>
              <th scope="col">{t('realms.enabled')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <RealmWords row={row} />
                </th>
                <td>
                  <input
                    type="checkbox"
                    aria-label={t('realms.shownOf', { name: row.name })}
                    checked={isShown.includes(row.id)}
                    onChange={(event) => show(row.id, event.currentTarget.checked)}
                    onBlur={shown.field.onBlur}
                  />
                </td>
                <td>
                  <input
                    type="checkbox"
                    // A rule about the enabled ones leads to the first that can be changed.
                    id={row.id === rows.find((one) => mayEnable(one.id))?.id ? fieldId(enabledName) : undefined}
                    aria-label={t('realms.enabledOf', { name: row.name })}
                    aria-describedby={mayEnable(row.id) ? undefined : `${fieldId(enabledName)}-why-${row.id}`}
                    checked={isEnabled.includes(row.id)}
                    disabled={!mayEnable(row.id)}
                    onChange={(event) =>
                      enabled.field.onChange(withNumber(isEnabled, row.id, event.currentTarget.checked))
                    }
                    onBlur={enabled.field.onBlur}
                  />
                  {!mayEnable(row.id) && (
                    <span id={`${fieldId(enabledName)}-why-${row.id}`} className={classes.why}>
                      {t('realms.showFirst')}
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    />
  );
}

function RealmWords({ row }: { row: RealmRow }) {
  return (
    <span className={classes.words}>
      <span>
        {row.name} {row.number !== null && <span className={classes.number}>{row.number}</span>}
      </span>
      {row.detail !== null && <span className={classes.detail}>{row.detail}</span>}
    </span>
  );
}
