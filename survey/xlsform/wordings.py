"""What is refused of a workbook, and what of it or of a questionnaire cannot be carried over: code -> (what,
what to do)."""

from survey.problems import Problem, worded

WORDINGS = {
    # Refused.
    "xlsform-not-a-workbook": (
        "This is not an Excel workbook",
        "Save the form as .xlsx (or .xls) and try again.",
    ),
    "xlsform-too-large": (
        "The workbook has {size} MB, unpacked or packed",
        "Remove pictures and unused sheets; at most {limit} MB are read.",
    ),
    "xlsform-broken": ("The workbook cannot be read: {detail}", "Open it in Excel and save it again."),
    "convert-file-name": (
        "A questionnaire cannot be written as “{raw}”",
        "Choose a name that ends in .yaml or .xlsx.",
    ),
    "convert-file-exists": ("There is a file of that name", "Choose another name, or remove the file first."),
    "xlsform-header-twice": (
        "The heading “{raw}” stands over two columns",
        "Rename or remove one of them: which of the two counts cannot be told.",
    ),
    "xlsform-no-survey": ("There is no sheet “survey” with the columns type and name", "Add it."),
    "xlsform-too-long": ("The sheet has {rows} rows", "At most {limit} are read; split the form."),
    "xlsform-name-twice": (
        "The name “{raw}” was given in row {first} already",
        "Give every question its own name.",
    ),
    "xlsform-reference": (
        "No row is named “{raw}”",
        "Correct the name in the condition, or add the question.",
    ),
    "xlsform-cycle": (
        "These rows wait for each other, so none of them would ever be shown: {raw}",
        "Let one of them depend on earlier answers only.",
    ),
    "xlsform-choice-twice": (
        "The list “{list}” has the choice “{raw}” twice",
        "Give every choice of a list its own name.",
    ),
    "xlsform-list-missing": ("There is no choice list “{list}”", "Add it to the sheet “choices”."),
    "xlsform-file": (
        "XLSForm does not say how large a file may be: at most {limit} MB are taken",
        "Write max_mb, 20 at most, if that is too little.",
    ),
    "xlsform-group-open": ("The group or repeat that begins here does not end", "Add a row “end group”."),
    "xlsform-group-unopened": ("Nothing ends here", "Remove the row, or add the row that begins the group."),
    "xlsform-nothing": (
        "No question of this form can be asked here",
        "The list of what was left out says why.",
    ),
    # Left out or changed when reading.
    "xlsform-type-left-out": (
        "A question of type “{type}” cannot be asked here; it was left out",
        "Ask for it in another way if you need it.",
    ),
    "xlsform-metadata": (
        "“{type}” is recorded by the device or computed; it was left out",
        "Times, language and channel are kept with every response anyway.",
    ),
    "xlsform-calculation": (
        "A calculation cannot be carried over; it was left out",
        "Compute it from the export.",
    ),
    "xlsform-repeat": (
        "A group asked several times cannot be carried over; rows {first} to {last} were left out",
        "Ask each of them as a question of its own.",
    ),
    "xlsform-block": (
        "“{type}” cannot be carried over; rows {first} to {last} were left out",
        "Ask each of them as a question of its own.",
    ),
    "xlsform-type-as-text": (
        "There is no type “{type}”; it is asked as a short text that nobody checks",
        "Say in the hint how it is to be written.",
    ),
    "xlsform-type-unknown": ("The type “{type}” is not known; the row was left out", "Correct the type."),
    "xlsform-type-missing": ("The row has no type; it was left out", "Write one, or remove the row."),
    "xlsform-type-misspelt": (
        "The type “{type}” is not known; the row was left out",
        "Did you mean “{nearest}”? Correct the type.",
    ),
    "xlsform-email": (
        "The pattern in “{raw}” became is_email: one @, something before it, a dotted name after it",
        "Check that this is what was meant.",
    ),
    "xlsform-column": (
        "“{raw}” cannot be carried over; it was left out",
        "Check that the question makes sense without it.",
    ),
    "xlsform-column-unknown": (
        "The column “{raw}” is not known here; it was left out",
        "Nothing need be done if it is yours.",
    ),
    "xlsform-sheet": ("The sheet “{raw}” was left out", "Nothing need be done if no question depends on it."),
    "xlsform-condition": (
        "The condition “{raw}” cannot be carried over; everyone is asked, nobody must answer",
        "Write show_if in the questionnaire, or choose another condition.",
    ),
    "xlsform-constraint": (
        "The rule “{raw}” cannot be carried over; answers are not checked by it",
        "Write a validation in the questionnaire, or number or date limits.",
    ),
    "xlsform-required": (
        "“{raw}” depends on other answers; the question need not be answered",
        "Write required: true if it always must be.",
    ),
    "xlsform-choice-filter": (
        "Choices cannot depend on earlier answers (“{raw}”); all of them are offered",
        "Shorten the list, or ask in several questions with show_if.",
    ),
    "xlsform-choice-merged": (
        "The choice “{raw}” stands more than once in the list; the first one was kept",
        "Give the choices different names if they differ.",
    ),
    "xlsform-choices-few": (
        "The list “{list}” has fewer than two choices; the question was left out",
        "Add choices, or ask for an agreement.",
    ),
    "xlsform-name-changed": (
        "The name “{raw}” became the code “{code}”",
        "Use the new code in exports and imports.",
    ),
    "xlsform-name-missing": ("The row has no name; it became “{code}”", "Give it a name."),
    "xlsform-label-missing": ("There is no label; the row was left out", "Write a label."),
    "xlsform-label-made": ("There is no label; “{raw}” is shown", "Write a label."),
    "xlsform-label-borrowed": (
        "There is no text in the default language; the one in “{language}” is used",
        "Translate it.",
    ),
    "xlsform-language-unknown": (
        "“{raw}” does not say which language it is; the column was left out",
        "Write the code too, such as label::Chinese (zh).",
    ),
    "xlsform-language-twice": (
        "The texts of this column are in a language that another column has already (“{language}”)",
        "Keep one of the two; the first one was used.",
    ),
    "xlsform-language-assumed": (
        "The form does not name the language of its texts; “{language}” was assumed",
        "Write default_language on the sheet “settings”.",
    ),
    "xlsform-piping": (
        "“{raw}” cannot be put into the text; an ellipsis stands in its place",
        "Refer to an earlier question that is asked here.",
    ),
    "xlsform-braces": ("Doubled braces have a meaning here; they were parted", "Check the text."),
    "xlsform-character": ("A character that cannot be kept was left out: {character}", "Check the text."),
    "xlsform-formula": (
        "The formula of this cell has no stored result; the cell counts as empty",
        "Open and save the workbook in Excel, or write the text itself.",
    ),
    "xlsform-version": (
        "The version “{raw}” is not a plain number; the questionnaire is version 1",
        "Set version.",
    ),
    "xlsform-texts-made": (
        "XLSForm has no welcome and no thanks; usual words were put in",
        "Edit intro and thanks.",
    ),
    "xlsform-range": (
        "The range ({raw}) is no scale of at most 21 whole numbers; a number is asked",
        "Check limits and steps.",
    ),
    "xlsform-options": (
        "The cell of pactboard_options cannot be read; it was left out",
        "Convert the questionnaire again.",
    ),
    # Left out or changed when writing.
    "xlsform-cell-long": (
        "The text has {length} characters, more than a cell of a workbook holds ({limit})",
        "Shorten it.",
    ),
    "xlsform-spaces": (
        "White space at the ends of the text, or a no-break space, is not kept by XLSForm tools",
        "Check the text after reading the workbook again.",
    ),
    "xlsform-only-here": (
        "“{raw}” can be written in XLSForm only as a column of our own; other tools do not heed it",
        "Nothing need be done if the workbook is read here again.",
    ),
    "xlsform-unsayable": (
        "The expression “{raw}” cannot be said in XLSForm; other tools do not heed it",
        "Check the form there by hand.",
    ),
}


def note(code: str, where: str, /, **values: object) -> Problem:
    """The Problem of that code. Raises KeyError for a code without words."""
    return worded(WORDINGS, code, where, **values)
