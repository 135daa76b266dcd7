"""A questionnaire as the YAML text it could have been read from."""

import io

from ruamel.yaml import YAML

from survey.definition import Questionnaire


def write_questionnaire(questionnaire: Questionnaire) -> str:
    """YAML that `read_questionnaire` turns into the same questionnaire; defaults are left out."""
    yaml = YAML(typ="safe", pure=True)
    yaml.representer.sort_base_mapping_type_on_output = False
    yaml.width = 1_000_000
    yaml.representer.ignore_aliases = lambda _: True
    text = io.StringIO()
    yaml.dump(questionnaire.model_dump(mode="json", exclude_defaults=True), text)
    return text.getvalue()
