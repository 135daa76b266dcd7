"""Records of what the contract asks for beside surveys and members: each type is a declaration."""
