-- No statement reaches another file or the network from here on.
SET enable_external_access = false;
