-- Every statement without a name means the warehouse: an encrypted file can only be attached to an instance.
USE pactboard_encrypted;
