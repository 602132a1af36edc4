-- A board of a period reads its squares from this index, not from the rows of reports, which are wide and lie apart.

DROP INDEX reports_by_unit_id;
CREATE INDEX reports_by_unit_id ON reports(period_id, unit_id, id, status, task_id, on_schedule, still);
