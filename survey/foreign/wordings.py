"""What is refused of a foreign form, and what of it cannot be carried over: code -> (what, what to do)."""

WORDINGS = {
    # Refused.
    "import-too-large": (
        "The file has {size} MB",
        "At most {limit} MB are read; export the survey without its responses.",
    ),
    "import-nothing": (
        "No question of this form can be asked here",
        "The list of what was left out says why.",
    ),
    "qualtrics-broken": (
        "This is not well-formed JSON",
        "Export the survey from Qualtrics again, as .qsf.",
    ),
    "qualtrics-not-a-survey": (
        "This is not a survey of Qualtrics: {raw} is missing",
        "Export the survey from Qualtrics: Tools, Import/Export, Export Survey.",
    ),
    "qualtrics-too-long": ("The file has more than {limit} questions", "Split the survey."),
    "limesurvey-broken": (
        "This is not well-formed XML from here on",
        "Export the survey from LimeSurvey again, as “survey structure (.lss)”.",
    ),
    "limesurvey-doctype": (
        "The file declares a document type, which no survey of LimeSurvey does",
        "Remove the declaration, or export the survey again.",
    ),
    "limesurvey-archive": (
        "This is an archive of a survey with its responses",
        "Export the survey from LimeSurvey as “survey structure (.lss)”.",
    ),
    "limesurvey-too-long": ("The file has more than {limit} rows", "Split the survey."),
    "limesurvey-not-a-survey": (
        "This is not the structure of a survey but “{raw}”",
        "Export the survey from LimeSurvey as “survey structure (.lss)”.",
    ),
    # Left out or changed: texts and languages.
    "import-email": (
        "The pattern in “{raw}” became is_email: one @, something before it, a dotted name after it",
        "Check that this is what was meant.",
    ),
    "import-markup": (
        "Formatting was left out, the words were kept; texts concerned: {count}",
        "Check those in which the formatting mattered.",
    ),
    "import-markup-lost": (
        "“{raw}” in the text cannot be shown; it was left out",
        "Write a question of type image, or say it in words.",
    ),
    "import-character": ("A character that cannot be kept was left out: {character}", "Check the text."),
    "import-braces": ("Doubled braces have a meaning here; they were parted", "Check the text."),
    "import-piping": (
        "“{raw}” cannot be put into the text; an ellipsis stands in its place",
        "Refer to an earlier question that is asked here.",
    ),
    "import-text-long": (
        "The text has {length} characters; it was cut after {limit}",
        "Shorten it.",
    ),
    "import-text-borrowed": (
        "There is no text in the default language; the one in “{language}” is used",
        "Translate it.",
    ),
    "import-text-made": ("There is no text; “{raw}” is shown", "Write one."),
    "import-text-missing": ("There is no text; it was left out", "Nothing need be done."),
    "import-texts-made": (
        "There is no welcome or no thanks; usual words were put in",
        "Edit intro and thanks.",
    ),
    "import-language-unknown": (
        "“{raw}” is no language that can be told; its texts were left out",
        "Write the texts in the questionnaire.",
    ),
    "import-language-twice": (
        "“{raw}” is the same language here as another one (“{language}”); its texts were left out",
        "Keep one of the two; the first one was used.",
    ),
    "import-language-other": (
        "The texts in “{language}” are kept; the form's own words are there in Chinese and English only",
        "Nothing need be done if English buttons and messages will do.",
    ),
    # Left out or changed: questions.
    "import-type-left-out": (
        "A question of type “{type}” cannot be asked here; it was left out",
        "Ask for it in another way if you need it.",
    ),
    "import-type-as-text": (
        "There is no type “{type}”; it is asked as a short text that nobody checks",
        "Say in the hint how it is to be written.",
    ),
    "import-question": (
        "This question of type “{type}” does not hold here; it was left out",
        "Write it in the questionnaire.",
    ),
    "import-hidden": ("This is never shown; it was left out", "Nothing need be done if nobody is to see it."),
    "import-consent": (
        "There is a single box to tick; it is asked as an agreement",
        "Check text and help.",
    ),
    "import-choices-few": (
        "There are fewer than two choices; the question was left out",
        "Add choices, or ask for an agreement.",
    ),
    "import-choice-merged": (
        "The choice “{raw}” stands more than once in the list; the first one was kept",
        "Give the choices different names if they differ.",
    ),
    "import-rows-none": ("There are no rows; the question was left out", "Add rows."),
    "import-rowwise": (
        "The answers are no scale of whole numbers; each row became a question under a heading",
        "Write a matrix with a scale if they are one.",
    ),
    "import-name-changed": (
        "The name “{raw}” became the code “{code}”",
        "Use the new code in exports and imports.",
    ),
    "import-names-lower": (
        "Codes are written in small letters here; names changed ({count}): {raw}",
        "Use the new codes in exports and imports.",
    ),
    "import-condition": (
        "The condition “{raw}” cannot be carried over; everyone is asked, nobody must answer",
        "Write show_if in the questionnaire, or choose another condition.",
    ),
    "import-part-condition": (
        "A choice or a row cannot depend on earlier answers (“{raw}”); it is always offered",
        "Shorten the list, or ask in several questions with show_if.",
    ),
    "import-constraint": (
        "The rule “{raw}” cannot be carried over; answers are not checked by it",
        "Write a validation in the questionnaire, or number or date limits.",
    ),
    "import-setting": (
        "“{raw}” cannot be carried over; it was left out",
        "Check that the question makes sense without it.",
    ),
    "import-survey-setting": (
        "“{raw}” belongs to how the survey is run; it was left out",
        "Set it here where the questionnaire is published, if you need it.",
    ),
    "import-looks": (
        "Settings of mere looks were left out ({count}): {raw}",
        "Nothing need be done.",
    ),
    "import-measures": (
        "The form does not say which questions measure satisfaction, effort or recommendation",
        "Write measures: csat, nps or ces where a question does; NPS needs type nps and 0 to 10.",
    ),
    "limesurvey-soft": (
        "The question only asks again for an answer; here it need not be answered",
        "Write required: true if it must be.",
    ),
    "import-file": (
        "One file of at most {limit} MB can be given here: {allowed}",
        "Change types and max_mb of “file” if that is not what is wanted.",
    ),
    "limesurvey-comments": (
        "Comments beside the choices cannot be asked; they were left out",
        "Add a question of type long_text.",
    ),
    "import-points": (
        "The answers became points of a scale: {raw}",
        "Check that the best answer has the largest number; scales run upwards.",
    ),
    "qualtrics-flow": (
        "“{raw}” of the survey flow cannot be carried over; it was left out",
        "Write show_if at the questions that not everyone is to answer.",
    ),
    "qualtrics-skip": (
        "“{raw}” decides here who goes on where; everyone is asked everything",
        "Write show_if at the questions that not everyone is to answer.",
    ),
    "qualtrics-block-unreached": (
        "The block “{raw}” is not reached by the survey flow; it was left out",
        "Nothing need be done if nobody is to see it.",
    ),
    "qualtrics-block-twice": (
        "The block “{raw}” is shown several times; it is asked once",
        "Ask each time as questions of its own.",
    ),
    "qualtrics-parts": (
        "The question of type “{type}” has several parts; each became a question under a heading",
        "Check the headings.",
    ),
    "qualtrics-slider": ("A slider became a number to type", "Check the limits."),
    "qualtrics-row-text": (
        "The text beside the row “{raw}” cannot be carried over; it was left out",
        "Ask for it in a question of its own.",
    ),
    "qualtrics-text-beside": (
        "The text beside the choice “{raw}” became a question of its own, for those who made that choice",
        "Check the text.",
    ),
    "qualtrics-other": (
        "“{raw}” became “other”, in the words of this product and at the end",
        "Check the text.",
    ),
    "qualtrics-request": (
        "The question only asks again for an answer; here it need not be answered",
        "Write required: true if it must be.",
    ),
    "qualtrics-signature": ("A signature is typed here, not drawn", "Check the text."),
    "limesurvey-by-column": (
        "The array stood in columns; it is shown in rows",
        "Nothing need be done.",
    ),
    "limesurvey-dual": (
        "An array with two scales became two questions",
        "Check the headings.",
    ),
    "limesurvey-cells": (
        "A table of fields became one question a field",
        "Remove those you do not need.",
    ),
}
