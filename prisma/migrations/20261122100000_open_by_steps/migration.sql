-- The steps of partners_with_open() are look-ups again. Asked with "or it is the first", the plan that a function keeps began
-- each step at the start of the index: with thousands of partners that have open attempts, seconds.
create or replace function partners_with_open() returns setof uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  -- No partner has the lowest of ids.
  at_partner uuid := '00000000-0000-0000-0000-000000000000';
begin
  if (select count(*) <= 64 from (select from partner_sight limit 65) some_of_them) then
    return query select distinct partner_id from partner_sight;
    return;
  end if;
  loop
    select a.partner_id into at_partner from attempt a
      where (a.undecided or a.contradicted) and a.partner_id > at_partner
      order by a.partner_id limit 1;
    exit when at_partner is null;
    return query select s.partner_id from partner_sight s where s.partner_id = at_partner limit 1;
  end loop;
end $$;
