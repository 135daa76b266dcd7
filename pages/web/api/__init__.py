"""The API: programs of the operator's send responses and read questionnaires, by JSON over HTTP."""
