-- What a list walks lane by lane, a partner each. The policy's array became a condition of every such read of an index, and
-- was sorted anew for each: with 5,000 partners in sight a page of 51 rows took seconds. As a set it is built once per query
-- and asked by its hash. Queries that want the index to find a whole branch's rows name the array themselves.
do $$
declare
  t text;
begin
  foreach t in array array['customer', 'onboarding', 'attempt', 'audit_entry'] loop
    execute format('alter policy branch on %I
      using (partner_id in (select unnest(visible_partners())))
      with check (partner_id in (select unnest(visible_partners())))', t);
  end loop;
end $$;
