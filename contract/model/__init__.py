"""The contract file as pydantic models, one idea a module; `contract` exports what others need."""
