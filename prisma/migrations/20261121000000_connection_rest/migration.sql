-- A connection whose vendor does not answer rests for a while, over all processes: the circuit breaker. One row per
-- connection in trouble, none for the others. Unlogged: lost in a crash, at the price of a few failures seen again.
create unlogged table connection_health (
  connection_id uuid primary key,
  failures integer not null,
  failing_since timestamptz(3) not null,
  resting_until timestamptz(3),
  -- While it is resting no more: the one request that tries whether the vendor is back.
  probing_until timestamptz(3)
);
grant select, insert, update, delete on connection_health to quayside_system;

-- Counts a failure in a row. Ten of them, or three within which five seconds have passed, and the connection rests.
-- Answers until when, or null.
create function connection_failed(failed uuid, rest_ms integer) returns timestamptz language sql as $$
  insert into connection_health as h (connection_id, failures, failing_since) values (failed, 1, clock_timestamp())
  on conflict (connection_id) do update set
    failures = h.failures + 1,
    probing_until = null,
    resting_until = case
      when h.probing_until is not null or h.failures + 1 >= 10
        or (h.failures + 1 >= 3 and h.failing_since <= clock_timestamp() - interval '5 seconds')
      then clock_timestamp() + make_interval(secs => rest_ms::double precision / 1000)
      else h.resting_until end
  returning h.resting_until
$$;

-- May a request of this connection leave? Null when it may; until when it rests otherwise. When the rest is over, one
-- request at a time tries whether the vendor is back.
create function connection_rests(asked uuid, probe_ms integer) returns timestamptz language plpgsql as $$
declare
  until timestamptz;
begin
  select greatest(h.resting_until, h.probing_until) into until from connection_health h
  where h.connection_id = asked and h.resting_until is not null;
  if until is null or until > clock_timestamp() then return until; end if;
  update connection_health h set probing_until = clock_timestamp() + make_interval(secs => probe_ms::double precision / 1000)
  where h.connection_id = asked and greatest(h.resting_until, h.probing_until) <= clock_timestamp();
  if found then return null; end if;
  -- Another process was quicker.
  return clock_timestamp() + make_interval(secs => probe_ms::double precision / 1000);
end $$;
