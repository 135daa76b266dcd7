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
    "answer-not-text": ("This is not a text but {kind}", 'Send the answer as a text, such as "yes" or "5".'),
    "answer-wide-digits": ("“{raw}” is written in full-width digits", "Write it in half width: {plain}."),
    "answer-number-malformed": (
        "“{raw}” is not a plain number",
        "Give a number in digits, with at most {decimals} decimal places.",
    ),
    "answer-too-small": ("{raw} is too small", "Give a number of at least {min}."),
    "answer-too-large": ("{raw} is too large", "Give a number of at most {max}."),
    "answer-not-a-date": ("“{raw}” is not a date", "Give a date as year-month-day, such as 2026-07-01."),
    "answer-too-early": ("{raw} is too early", "Give a date of {min} or later."),
    "answer-too-late": ("{raw} is too late", "Give a date of {max} or earlier."),
    "answer-many-lines": ("The text has more than one line", "Write it in one line."),
    "answer-repeated": ("“{raw}” was given twice", "Give each choice once."),
    "answer-rank-gap": ("A rank was left out", "Fill the ranks from the first one on."),
    "answer-too-few-choices": ("Choices made: {count}", "Choose at least {min}."),
    "answer-too-many-choices": ("Choices made: {count}", "Choose at most {max}."),
    "answer-exclusive": (
        "One of these choices excludes all others",
        "Keep that one alone, or leave it out.",
    ),
    "upload-empty": ("The file “{name}” is empty", "Choose another one."),
    "upload-too-large": ("The file has {size} MB; that is too much", "Choose one of at most {limit} MB."),
    "upload-kind-unknown": (
        "What “{name}” holds cannot be told, or may not be sent here",
        "Choose another file: {allowed}.",
    ),
    "upload-type-refused": (
        "“{name}” is of a type that is not asked for here",
        "Choose another file: {allowed}.",
    ),
    "upload-name-differs": (
        "“{name}” is named as one type of file and holds another ({found})",
        "Choose the file itself, with its right name.",
    ),
    "upload-gone": ("The file is not here any more", "Please choose it once more."),
    "upload-too-many": (
        "More than {limit} files were sent for these answers",
        "Go on with the last one that was taken.",
    ),
    "upload-no-room": (
        "This survey cannot take more files at present",
        "Go on without it, or ask whoever sent you the link.",
    ),
    "upload-anonymous": (
        "This survey is anonymous and takes no files: a file could tell whose answers these are",
        "Go on without it.",
    ),
    "answer-rule": ("{message}", "Please look at your answer again."),
    "answer-hidden": ("This question was not to be answered", "Leave it out: {condition} does not hold."),
    "consent-needed": ("Consent was not given", "Without it the answers cannot be taken."),
    "question-unknown": ("There is no question “{key}” here", "Send only these questions: {allowed}."),
    "weight-invalid": ("The weight {weight} cannot be used", "Give a weight that is a number, 0 or more."),
    # Files, as text.
    "file-unreadable": ("The file cannot be read: {detail}", "Check the path and try again."),
    "file-not-utf8": ("The file is not UTF-8 text", "Save it as UTF-8."),
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
    "text-too-long": ("The text has {length} characters", "Shorten it to at most {limit}."),
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
    "scale-reversed": (
        "The worst answer stands at max (“{min}” … “{max}”), but scores of {measures} are counted upwards",
        "Write the best answer at max; where people have answered already, under a new code.",
    ),
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
    "question-key-needed": ("A question of type “{type}” needs “{key}”", "Add it."),
    "question-key-unneeded": ("A question of type “{type}” has no “{key}”", "Remove “{key}”."),
    "choice-exclusive": (
        "Only a choice of a multiple_choice can exclude the others, not one of a {type}",
        "Remove “exclusive”.",
    ),
    "choice-last": (
        "“stay_last” means nothing where the order is not random",
        "Write randomise: true, or remove “stay_last”.",
    ),
    "choices-bounds": (
        "From {min} to {max} of {offered} choices cannot be made",
        "Make min_choices and max_choices fit the choices.",
    ),
    "scale-labels": (
        "The labels do not name every point of the scale once",
        "Write one label for each score from {min} to {max}, or none.",
    ),
    "range-order": ("The range runs from {min} to {max}", "Make min no larger than max."),
    "day-malformed": ("“{raw}” is not a day", "Write a day such as 2026-07-01, or today."),
    "number-malformed": (
        "“{raw}” is not a plain number",
        "Write digits, at most 12 before the point and 6 behind it.",
    ),
    "picture-malformed": (
        "“{raw}” is not the name of a picture file",
        "Write a name such as shop-front.png: small letters, digits, hyphens; png, jpg, jpeg, webp or gif.",
    ),
    "file-types": (
        "The types of files are none, or one stands twice",
        "Write some of: {allowed}, each once.",
    ),
    "signature-not-pii": ("A signature names a person", "Add “pii: true”."),
    "row-code-long": (
        "The code of this question and “{raw}” make more than {limit} characters together",
        "Shorten one of the two.",
    ),
    # Expressions.
    "expression-empty": ("The expression is empty", "Write a condition, or remove it."),
    "expression-too-long": ("The expression has {length} characters", "Shorten it to {limit}."),
    "expression-too-deep": (
        "Character {position}: the expression is nested more than {limit} levels deep",
        "Make it flatter.",
    ),
    "expression-character": (
        "Character {position}: “{raw}” has no meaning in an expression",
        "Use codes, numbers, quoted texts, and, or, not, in and the signs = != < <= > >= + - * / ( ) ,",
    ),
    "expression-quote-open": (
        "Character {position}: the quoted text does not end",
        "Close it with the same quotation mark.",
    ),
    "expression-number-long": (
        "Character {position}: the number is too long",
        "Write at most {limit} characters.",
    ),
    "expression-unfinished": (
        "Character {position}: the expression ends too early",
        "Write what is missing, perhaps a closing parenthesis.",
    ),
    "expression-expected": (
        "Character {position}: “{raw}” stands where “{sign}” is needed",
        "Add “{sign}” or remove “{raw}”.",
    ),
    "expression-unexpected": ("Character {position}: “{raw}” does not fit here", "Correct the expression."),
    "expression-chained": (
        "Character {position}: two comparisons in a row",
        "Join them with and: 1 < a and a < 5.",
    ),
    "expression-name-unknown": (
        "Character {position}: there is no answer “{name}”",
        "Write the code of an earlier question, or member.name, member.tier, member.language or a field of "
        "member_fields.",
    ),
    "expression-name-misspelt": (
        "Character {position}: there is no answer “{name}”",
        "Did you mean “{nearest}”?",
    ),
    "expression-name-later": (
        "Character {position}: “{name}” has not been answered at this point",
        "Refer only to earlier questions; a validation may also refer to its own.",
    ),
    "expression-function-unknown": (
        "Character {position}: there is no function “{name}”",
        "Use one of: {allowed}.",
    ),
    "expression-arguments": (
        "Character {position}: {name}() takes {wanted} values, not {found}",
        "Give it {wanted}.",
    ),
    "expression-kind": (
        "Character {position}: this is {found}",
        "What is needed here: {wanted}.",
    ),
    "expression-kinds-differ": (
        "Character {position}: {left} cannot be compared with {right}",
        "Compare like with like.",
    ),
    "expression-not-ordered": (
        "Character {position}: “{sign}” does not apply to {found}",
        "Use = or !=, or in.",
    ),
    "expression-choices-compared": (
        "Character {position}: several choices cannot be compared with one value",
        "Write selected(question, 'code') or count(question).",
    ),
    "expression-choice-unknown": (
        "Character {position}: “{raw}” is not one of the choices",
        "Use one of: {allowed}.",
    ),
    "expression-not-literal": (
        "Character {position}: {name}() needs a quoted text here",
        "Write it out in quotes.",
    ),
    "expression-no-date": ("Character {position}: “{raw}” is not a date", "Write date('2026-07-01')."),
    "expression-not-a-question": (
        "Character {position}: {name}() needs the code of a question",
        "Write a code without anything around it.",
    ),
    "piping-open": ("Character {position}: “{{{{” is not closed", "Close it with “}}}}”."),
    "questionnaire-unknown": (
        "There is no questionnaire “{slug}” in the library",
        "Choose one of: {allowed}.",
    ),
}
