"""The rules of the house, read from the source of every file.

A rule is a function of a project folder that gives its offences as sentences "file:line: what is wrong".
"""

import ast
import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

Offences = list[str]

WEB = {"streamlit", "starlette", "uvicorn"}
DYNAMIC_IMPORTS = {"import_module", "__import__", "resolve_name", "run_module"}
MAY_NOT_IMPORT = {
    "survey": {"contract", "warehouse", "pages", "dashboard", "duckdb", *WEB},
    "contract": {"survey", "warehouse", "pages", "dashboard", "duckdb", *WEB},
    "warehouse": {"pages", "dashboard", *WEB},
    "pages": {"dashboard", "duckdb"},
    "dashboard.py": {"duckdb"},
}
OPEN_PAGES = {"respond.py"}  # a survey form is for everybody who has its link
OPEN_ROUTES = {  # the form, its receipt, and what says nothing of anybody
    *("/healthz", "/s/{slug}", "/s/{slug}/thanks", "/signin", "/signout", "/language", "/overview"),
    *("/i", "/i/{token:anything}", "/i/{token:anything}/thanks", "/i/{token:anything}/saved"),
    *("/c/{token:anything}", "/c/{token:anything}/thanks", "/c/{token:anything}/saved"),
    "/c/{token:anything}/seen",
    "/assets/{name:anything}",
    *("/s", "/s/{slug}/", "/s/{rest:anything}", "//{rest:anything}"),
    *("/picture/{sha256}", "/form-beacon.js", "/s/{slug}/seen", "/i/{token:anything}/seen"),
    *("/api/v1/openapi.json", "/api", "/api/{rest:path}"),
}
ROUTES = "pages/web/routes.py"
API_ROUTES = "pages/web/api/routes.py"
MAKES_ROUTES = {"Route", "Mount", "Host", "WebSocketRoute", "Router", "add_route", "mount"}
OPENS_DUCKDB = "warehouse/opening.py"
LONGEST_FILE = 400
TOP_LEVEL = {
    *(
        "survey",
        "contract",
        "warehouse",
        "pages",
        "dashboard.py",
        "tests",
        ".ci",
        ".streamlit",
        ".git",
        ".gitignore",
    ),
    *("requirements.txt", "pyproject.toml", "README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE"),
}


def sources(root: Path, *places: str) -> Iterator[tuple[str, Path, ast.Module]]:
    """Each Python file of the places (packages or files of the project): its place, path and syntax tree."""
    for place in places:
        files = [root / place] if place.endswith(".py") else sorted((root / place).rglob("*.py"))
        for path in files:
            if path.exists():
                yield place, path, ast.parse(path.read_text(encoding="utf-8"))


def offence(root: Path, path: Path, node: ast.AST | None, what: str) -> str:
    return f"{path.relative_to(root).as_posix()}:{getattr(node, 'lineno', 1)}: {what}"


def called(node: ast.Call) -> str:
    """The last name of what is called: `radio` for `st.radio(...)` and for `radio(...)`."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def constant(node: ast.AST | None) -> object:
    return node.value if isinstance(node, ast.Constant) else None


# ---- imports ---------------------------------------------------------------------------------------------


def imported(root: Path, path: Path, tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each import of the file as a full module name; "" for one that is only known when the program runs."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = (*base, *filter(None, (node.module or "").split(".")))
            yield from ((node, ".".join((*module, name.name))) for name in node.names)
        elif isinstance(node, ast.Call) and called(node) in DYNAMIC_IMPORTS:
            name = node.args[0] if node.args else None
            if isinstance(name, ast.JoinedStr):  # f"warehouse.cli.{name}" stays inside warehouse.cli
                name = name.values[0]
            text = constant(name)
            yield (
                node,
                ".".join(package) + text if isinstance(text, str) and text[:1] == "." else str(text or ""),
            )


def wrong_imports(root: Path) -> Offences:
    """Arrows point down only: nothing imports a room above it; only pages and dashboard.py know the web."""
    found = []
    for place, path, tree in sources(root, *MAY_NOT_IMPORT):
        for node, name in imported(root, path, tree):
            if not name:
                found.append(offence(root, path, node, "imports something that only a run can tell"))
            elif name.split(".")[0] in MAY_NOT_IMPORT[place]:
                found.append(offence(root, path, node, f"imports {name}"))
    return found


# ---- SQL -------------------------------------------------------------------------------------------------

STATEMENT = re.compile(
    r"(?isx)(?:\A|;) (?:\s | \( | --[^\n]*\n | /\*.*?\*/)*"
    r"(?: select\b.+\bfrom\b | with\s+(?:recursive\s+)?\w+\s+as\s*\( | from\s+\w+\s+select\b"
    r"  | insert\s+into\b"
    r"  | merge\s+into\b | update\s+[\w.\"]+\s+set\b | delete\s+from\b | attach\s+'"
    r"  | copy\s+(?:\(|\w+\s+(?:to|from)\b|from\s+database)"
    r"  | (?:create|alter|drop)\s+(?:or\s+replace\s+)?(?:temp\w*\s+)?"
    r"    (?:table|view|macro|schema|sequence|index|type)\b )"
)
FRAGMENT = re.compile(
    r"\b(?:SELECT\s+(?:DISTINCT\b|\*|[\w.]+\s*[,(])|SELECT\s*\Z|INSERT\s+INTO|MERGE\s+INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET|WHERE\s|(?:GROUP|ORDER)\s+BY|LEFT\s+JOIN"
    r"|CREATE\s+(?:OR\s+REPLACE\s+)?(?:TABLE|VIEW)|COPY\s+[(\w]|UNION\s+ALL|FROM\s+[a-z_{]+\b)"
)


def texts(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each text the file uses, an f-string as one text with ? for its values; docstrings are not used."""
    unused = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            unused.update(id(part) for part in node.values)
            yield node, "".join(str(constant(part) or "?") for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unused:
            yield node, node.value


def duckdb_functions(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each use of a function of the duckdb module, such as connect or sql; its types and errors are free."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "duckdb":
            names = [node.attr]
        elif isinstance(node, ast.ImportFrom) and node.module == "duckdb":
            names = [name.name for name in node.names]
        elif isinstance(node, ast.alias) and node.name == "duckdb" and node.asname:
            names = ["by another name"]
        else:
            continue
        yield from ((node, f"duckdb.{name}") for name in names if name[0].islower())


def misplaced_sql(root: Path) -> Offences:
    """SQL stands in .sql files of the warehouse, and one module opens DuckDB."""
    found = []
    for place, path, tree in sources(root, "dashboard.py", "pages", "survey", "contract", "warehouse"):
        for node, text in texts(tree):
            if STATEMENT.search(text) or FRAGMENT.search(text):
                found.append(offence(root, path, node, f"SQL in Python: {' '.join(text.split())[:60]}"))
        if place == "warehouse":
            found += [
                offence(root, path, node, f"{name} outside {OPENS_DUCKDB}")
                for node, name in duckdb_functions(tree)
                if path.relative_to(root).as_posix() != OPENS_DUCKDB
            ]
            continue
        found += [
            offence(root, path, node, f"runs SQL with .{called(node)}()")
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and called(node) in {"execute", "executemany", "sql", "read_sql"}
        ]
    return found


def careless_sql_files(root: Path) -> Offences:
    """Every .sql file lies in the warehouse and opens with a sentence; a query is one statement."""
    found = []
    for path in sorted(p for p in root.rglob("*.sql") if ".venv" not in p.parts):
        text = path.read_text(encoding="utf-8")
        if path.relative_to(root).parts[0] != "warehouse":
            found.append(offence(root, path, None, "an .sql file outside warehouse/"))
        comment = re.match(r"(?:--[^\n]*\n)+", text)
        is_metric = (
            path.parent.name == "metrics"
        )  # its comment is YAML, read and checked where metrics are read
        words = re.sub(r"\s*^--\s*|\s*\n", " ", comment[0], flags=re.M).strip() if comment else ""
        if not comment or not (is_metric or (words[-1:] in {".", "?"} and len(words.split()) >= 3)):
            found.append(offence(root, path, None, "does not open with a sentence that says what it answers"))
        if path.parent.name != "migrations" and len(duckdb.extract_statements(text)) != 1:
            found.append(offence(root, path, None, "is not one statement"))
    return found


# ---- pages -----------------------------------------------------------------------------------------------


def unguarded_pages(root: Path) -> Offences:
    """A page's first statement after its docstring and imports is the `require(...)` of pages.ui.access."""
    found = []
    for path in sorted((root / "pages").rglob("*.py")):
        place = path.relative_to(root / "pages")
        if place.parts[0] in {"ui", "web"} or place.as_posix() in OPEN_PAGES:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
        imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
        guards = {
            name.asname or name.name
            for node in imports
            if isinstance(node, ast.ImportFrom) and (node.module, node.level) == ("pages.ui.access", 0)
            for name in node.names
            if name.name == "require"
        }
        first = next((node for node in body if node not in imports), None)
        value = first.value if isinstance(first, ast.Expr | ast.Assign | ast.AnnAssign) else None
        guarded = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in guards
        if not guarded and not (first is None and path.name == "__init__.py"):
            found.append(offence(root, path, first, "does not begin with require(...)"))
    return found


def unguarded_routes(root: Path) -> Offences:
    """A route of our own is in the open list, or its handler begins by refusing who has no role."""
    found = []
    for _, path, tree in sources(root, "pages", "dashboard.py"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or called(node) not in MAKES_ROUTES:
                continue
            table = path.relative_to(root).as_posix()
            if table not in (ROUTES, API_ROUTES) or called(node) != "Route" or len(node.args) < 2:
                found.append(offence(root, path, node, f"{called(node)} outside the tables of routes"))
            elif constant(node.args[0]) in OPEN_ROUTES:
                continue
            elif table == API_ROUTES and not _asks_for_a_key(root, tree, node.args[1]):
                found.append(offence(root, path, node, "is neither open nor begins with key_holder(request)"))
            elif table == ROUTES and not _refuses(root, tree, node.args[1]):
                found.append(offence(root, path, node, "is neither open nor begins with role(request)"))
    return found


def _asks_for_a_key(root: Path, tree: ast.Module, endpoint: ast.expr) -> bool:
    """Whether every method of the endpoint's class begins by awaiting key_holder(request), which raises for
    whoever has no key."""
    name = getattr(endpoint, "id", "")
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module and name in {each.name for each in node.names}:
            path = root / (node.module.replace(".", "/") + ".py")
            tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else tree
    methods = [
        method
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == name
        for method in node.body
        if isinstance(method, ast.AsyncFunctionDef) and not method.name.startswith("_")
    ]
    begins = [
        method.body[1:2] if ast.get_docstring(method) is not None else method.body[:1] for method in methods
    ]
    return bool(methods) and all(
        first and ast.unparse(first[0]).endswith("await key_holder(request)") for first in begins
    )


def _refuses(root: Path, tree: ast.Module, handler: ast.expr) -> bool:
    """Whether the handler begins `name = role(request)`, `if name is None: return ...`, with the role of
    pages.web.session."""
    name = getattr(handler, "id", "")
    if isinstance(handler, ast.Attribute) and isinstance(handler.value, ast.Name):
        name, path = handler.attr, root / ROUTES.replace("routes", handler.value.id)
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else tree
    roles = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module, node.level) == ("pages.web.session", 0)
        for alias in node.names
        if alias.name == "role"
    }
    made = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name
    ]
    if len(made) != 1:
        return False
    body = made[0].body[1:] if ast.get_docstring(made[0]) is not None else made[0].body
    if len(body) < 2 or not isinstance(body[0], ast.Assign) or not isinstance(body[1], ast.If):
        return False
    refused = f"{ast.unparse(body[0].targets[0])} is None"
    return (
        ast.unparse(body[0].value) in {f"{role}(request)" for role in roles}
        and ast.unparse(body[1].test) == refused
        and isinstance(body[1].body[-1], ast.Return | ast.Raise)
    )


def dangerous_widgets(root: Path) -> Offences:
    """No download that answers anyone, no rating that answers for the person, no HTML from people."""
    found = []
    for _, path, tree in sources(root, "dashboard.py", "pages"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute | ast.alias | ast.Name):
                name = getattr(node, "attr", None) or getattr(node, "name", None) or getattr(node, "id", "")
                if name in {"download_button", "slider", "select_slider"}:
                    found.append(offence(root, path, node, f"uses {name}"))
            if not isinstance(node, ast.Call):
                continue
            options = {option.arg: constant(option.value) for option in node.keywords}
            if options.get("index") == 0 and options["index"] is not False:
                found.append(offence(root, path, node, "index=0 makes the first choice the default answer"))
            if called(node) == "radio" and "index" not in options:
                found.append(offence(root, path, node, "a radio without index= begins with its first choice"))
            if "unsafe_allow_html" in options and options["unsafe_allow_html"] is not False:
                found.append(offence(root, path, node, "unsafe_allow_html"))
    return found


# ---- layout ----------------------------------------------------------------------------------------------


def long_files(root: Path) -> Offences:
    """No file of code is longer than a person reads in one go."""
    found = []
    for place in ("dashboard.py", "pages", "survey", "contract", "warehouse", "tests"):
        for path in [root / place, *sorted((root / place).rglob("*"))]:
            if path.is_file() and path.suffix in {".py", ".sql", ".css", ".js", ".html"}:
                lines = len(path.read_text(encoding="utf-8").splitlines())
                if lines > LONGEST_FILE:
                    found.append(offence(root, path, None, f"{lines} lines, more than {LONGEST_FILE}"))
    return found


def strangers(root: Path) -> Offences:
    """The top of the project holds what the design names, and what .gitignore leaves out."""
    ignored = [line.strip("/") for line in (root / ".gitignore").read_text(encoding="utf-8").splitlines()]
    return [
        offence(root, path, None, "has no place at the top of the project")
        for path in sorted(root.iterdir())
        if path.name not in TOP_LEVEL and not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored)
    ]
