-- Is there a row whose local day was fixed already, so that the reporting zone can no longer change?
SELECT EXISTS (SELECT 1 FROM response) OR EXISTS (SELECT 1 FROM member_event) AS has_days;
