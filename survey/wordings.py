"""Every refusal of this package: code -> (what is wrong, what to do), the messages of the catalogue."""

WORDINGS = {
    # Answers.
    "answer-required": ("No answer was given", "Please answer this question."),
    "answer-not-a-number": (
        "“{raw}” is not a plain whole number",
        "Give a whole number from {min} to {max}.",
    ),
    "answer-out-of-range": ("{raw} is not on the scale", "Give a whole number from {min} to {max}."),
    "answer-not-offered": ("“{raw}” is not one of the choices", "Choose one of: {allowed}."),
    "answer-too-long": ("The text has {length} characters", "Shorten it to {limit} characters or fewer."),
    "answer-control-character": (
        "The text contains a character that cannot be stored: {character}",
        "Remove that character and send the text again.",
    ),
    "answer-not-text": ("This is not a text but {kind}", "Send the answer as plain text."),
    "question-unknown": ("There is no question “{key}” here", "Send only these questions: {allowed}."),
    "weight-invalid": ("The weight {weight} cannot be used", "Give a weight that is a number, 0 or more."),
    # Files, as text.
    "yaml-broken": ("This is not valid YAML: {detail}", "Correct the file at this place."),
    "yaml-control-character": (
        "The file contains a character that cannot be stored: {character}",
        "Remove that character.",
    ),
    "yaml-alias": ("Anchors, aliases and merge keys are not used here", "Write the values out in full."),
    "yaml-tag": ("Type tags are not used here: {tag}", "Remove the tag."),
    "yaml-too-deep": (
        "The file is nested more than {limit} levels deep",
        "Flatten it: no questionnaire is that deep.",
    ),
    "yaml-many-documents": ("The file holds more than one document", "Keep one questionnaire a file."),
    "yaml-key-not-text": ("A key must be a plain word", "Write “key: value”."),
    "key-duplicate": ("The key “{key}” stands here twice; first in line {first}", "Keep one of the two."),
    # Files, as questionnaires.
    "key-missing": ("The key “{key}” is missing", "Add it."),
    "key-unknown": ("The key “{key}” is not known", "Remove it. Known here: {allowed}."),
    "key-misspelt": ("The key “{key}” is not known", "Did you mean “{nearest}”?"),
    "value-not-text": ("The value must be a text", "Write a text, in quotes if it looks like a number."),
    "value-not-integer": ("The value must be a whole number", "Write a whole number without quotes."),
    "value-not-boolean": ("The value must be true or false", "Write true or false."),
    "value-not-list": ("The value must be a list", "Write one item a line, each starting with “- ”."),
    "value-not-mapping": ("The value must be a mapping", "Write “key: value” lines below it."),
    "value-not-offered": ("“{raw}” is not allowed here", "Write one of: {allowed}."),
    "value-out-of-range": ("{raw} is outside what is possible", "Write a whole number {limit}."),
    "code-malformed": (
        "“{raw}” cannot be a code",
        "Start with a small letter; use small letters, digits and underscores.",
    ),
    "choice-code-malformed": (
        "“{raw}” cannot be the code of a choice",
        "Use at most 40 small letters, digits and underscores.",
    ),
    "slug-malformed": (
        "“{raw}” cannot be a slug",
        "Start with a small letter; use small letters, digits and hyphens.",
    ),
    "code-duplicate": ("The code “{raw}” is used twice", "Give each its own code."),
    "text-unwritten": ("The text in the default language “{language}” is missing", "Write it."),
    "text-control-character": (
        "The text contains a character that cannot be shown: {character}",
        "Remove that character.",
    ),
    "language-malformed": ("“{raw}” is not a language code", "Write a code such as zh or en."),
    "language-duplicate": ("The language “{raw}” is given twice", "Keep one of the two."),
    "language-undeclared": (
        "The language “{raw}” is not among the questionnaire's languages",
        "Add it to “languages” or remove the text.",
    ),
    "questions-empty": ("There are no questions", "Write at least one."),
    "scale-needed": ("A question of type “{type}” needs a scale", "Add “scale” with min, max, low and high."),
    "scale-unneeded": ("A question of type “{type}” has no scale", "Remove “scale”."),
    "scale-order": ("The scale runs from {min} to {max}", "Make min smaller than max."),
    "scale-not-nps": ("NPS is asked from 0 to 10, not from {min} to {max}", "Write min: 0 and max: 10."),
    "choices-too-few": ("A single choice needs at least two choices", "Add choices."),
    "choices-unneeded": ("A question of type “{type}” has no choices", "Remove “choices”."),
    "measure-unfitting": (
        "“{measures}” cannot be measured by a question of type “{type}”",
        "Write one of: {allowed}.",
    ),
    "missing-code-taken": ("The missing code “{raw}” is also an answer", "Choose a code that is no answer."),
    "missing-code-blank": (
        "A missing code cannot be blank",
        "Write the code; blank answers count as missing anyway.",
    ),
    "reason-malformed": (
        "“{raw}” cannot be a reason",
        "Use small letters, digits and underscores, such as not_applicable.",
    ),
    "dimension-unfitting": ("Only a single choice can be a dimension", "Remove “dimension”."),
    "dimension-duplicate": ("Two questions are the dimension “{raw}”", "Keep one of the two."),
    "questionnaire-unknown": (
        "There is no questionnaire “{slug}” in the library",
        "Choose one of: {allowed}.",
    ),
}
