-- Is this contract withdrawn?
SELECT w.contract FROM withdrawn_contract AS w WHERE w.contract = $contract;
