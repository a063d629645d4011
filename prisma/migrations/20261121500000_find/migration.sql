-- Ids of vendors are found by their beginning too: the same indexes, in an order that answers both questions whatever the
-- database's collation. None is added where attempts are written.
drop index attempt_vendor_id;
create index attempt_vendor_id on attempt (vendor_id text_pattern_ops) where vendor_id is not null;
drop index attempt_vendor_correlation;
create index attempt_vendor_correlation on attempt (vendor_correlation_id text_pattern_ops)
  where vendor_correlation_id is not null;
drop index vendor_account_vendor_id;
create index vendor_account_vendor_id on vendor_account (vendor_id text_pattern_ops);
-- Mappings are set by hand, a few for each partner.
create index mapping_external_id on mapping (external_id text_pattern_ops);
