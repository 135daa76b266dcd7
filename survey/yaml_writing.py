"""A questionnaire as the YAML text it could have been read from."""

import io

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import SafeRepresenter

from survey.definition import Questionnaire


class _Representer(SafeRepresenter):
    """Quotes what the emitter leaves plain in `{en: :-)}`, where the parser takes the sign for a key's."""

    def represent_str(self, data: str) -> ScalarNode:
        style = "'" if data.startswith((":", "?")) else None
        node: ScalarNode = self.represent_scalar("tag:yaml.org,2002:str", data, style=style)
        return node


_Representer.add_representer(str, _Representer.represent_str)


def write_questionnaire(questionnaire: Questionnaire) -> str:
    """YAML that `read_questionnaire` turns into the same questionnaire; defaults are left out."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Representer = _Representer
    yaml.representer.sort_base_mapping_type_on_output = False
    yaml.width = 1_000_000
    yaml.representer.ignore_aliases = lambda _: True
    text = io.StringIO()
    yaml.dump(questionnaire.model_dump(mode="json", exclude_defaults=True), text)
    return text.getvalue()
