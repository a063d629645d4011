-- Entries are found by the object that they are about. Not those of attempts, which carry the correlation id and are nearly
-- all there are: what is written while a vendor is called feeds no further index.
create index audit_entry_subject on audit_entry (subject_id, id desc) where subject_kind <> 'attempt';
