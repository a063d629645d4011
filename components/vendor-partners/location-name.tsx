'use client';

import { useQuery } from '@tanstack/react-query';
import { fetchLookup } from '@/components/connections/fetch-lookup';
import { CopyableId } from '@/components/display/copyable-id';
import classes from './vendor-partners.module.css';

interface Props {
  connectionId: string;
  partnerId: string;
  /** Id of the location at the vendor. */
  id: string;
  label: string;
}

/** A storage location by its name, its id beside it. The list is read once for all partners that are looked at. */
export function LocationName({ connectionId, partnerId, id, label }: Props) {
  const { data } = useQuery({
    queryKey: ['lookup', connectionId, 'locations', partnerId],
    queryFn: ({ signal }) =>
      fetchLookup({ connectionId, lookup: 'locations', search: '', parent: null, partnerId, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const name = data?.options.find(({ value }) => value === id)?.label;
  return (
    <span className={classes.named}>
      {name !== undefined && <bdi>{name}</bdi>}
      <CopyableId id={id} label={label} />
    </span>
  );
}
