-- With which content was this version of this contract loaded?
SELECT sha256 FROM contract_version WHERE contract = $contract AND version = $version;
