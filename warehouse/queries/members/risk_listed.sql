-- Is there a list of who is at risk before the local day $until, with the classes by the contract version $contract?
SELECT count(*) > 0 AS is_listed FROM risk_listed AS k WHERE k.until = CAST($until AS DATE) AND k.contract = $contract;
