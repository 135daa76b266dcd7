-- What does not fit into memory lies beside the warehouse.
SET temp_directory = '{path}';
