"""The contract's page: parties, clauses with what hangs on them, examples, versions and their differences."""

import hashlib
import re

import pytest

import warehouse
from contract import example_source, read_contract
from contract.explaining import explain
from tests.pages.agreeing import HOSTILE, two_versions, use_contract, without_money
from tests.pages.conftest import Visitor
from tests.pages.opening import ROLES, Tab, use_example
from warehouse.access import Role
from warehouse.contracts import current_contract


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_everybody_signed_in_reads_every_clause_in_their_language(role: Role, language: str) -> None:
    use_contract(example_source())
    words = Tab("contract", role, language).words
    contract = read_contract(example_source(), "contract.yaml")
    for clause in contract.clauses:
        assert f"{clause.id} {clause.title[language]}" in words
        assert " ".join(clause.text[language].split()) in words
    signed = [
        one.name[language] for one in (*contract.parties.a.signatories, *contract.parties.b.signatories)
    ]
    assert signed and all(name in words for name in signed)


def test_every_term_in_plain_words_stands_under_its_clause() -> None:
    use_contract(example_source())
    markup = Tab("contract").markup
    articles = {
        found[1]: " ".join(re.sub(r"<[^>]*>", " ", found[2]).split())
        for found in re.finditer(r'<article class="pb-clause" id="([^"]*)">(.*?)</article>', markup, re.S)
    }
    parts = explain(read_contract(example_source(), "contract.yaml"), "en", {})
    said = [(part, sentence) for part in parts for sentence in part.sentences if part.metric is None]
    assert len(said) > 15
    for part, sentence in said:
        text = articles["clause-" + part.clause.replace(".", "-")]
        assert " ".join(sentence.replace("'", "&#39;").split()) in text, sentence


def test_a_clause_that_is_followed_stands_alone_at_the_top() -> None:
    use_contract(example_source())
    tab = Tab("contract", query={"clause": "4.2"})
    assert tab.markup.count('<article class="pb-clause"') == 1 and 'id="clause-4-2"' in tab.markup
    assert Tab("contract", query={"clause": "<b>"}).markup.count('<article class="pb-clause"') > 5


def test_worked_examples_show_given_verdict_and_money() -> None:
    use_contract(example_source("deduction"))
    words = Tab("contract").words
    assert (
        "533 of 620" in words
        and "CNY\N{NO-BREAK SPACE}297,000.00".replace("\N{NO-BREAK SPACE}", " ") in words
    )
    assert "2026Q3: Missed, CNY 3,000.00 deducted" in words


def test_two_versions_are_told_apart_by_day_and_compared() -> None:
    two_versions()
    tab = Tab("contract")
    loaded = current_contract(warehouse.serving())
    assert loaded is not None
    for version in loaded.versions:
        assert version.sha256 in tab.words
    assert "Superseded" in tab.words or "Signed, not begun" in tab.words
    assert "spec.targets[csat_top2].decision.minN 2 Changed" not in tab.words
    row = re.search(r"spec\.targets\[csat_top2\]\.decision\.minN</code>.*?</tr>", tab.markup, re.S)
    assert row and "<td>200</td><td>250</td>" in row[0]


def test_the_versions_to_compare_are_chosen_in_the_address() -> None:
    two_versions()
    tab = Tab("contract", query={"from": "2", "to": "2"})
    assert "These two versions say the same." in tab.words
    tab.app.selectbox(key="contract-from").select(1)
    assert tab.run().app.query_params["from"] == "1" or tab.app.query_params["from"] == ["1"]
    assert "decision.minN" in tab.words


def test_an_older_version_can_be_read_and_one_that_is_not_there_is_ignored() -> None:
    two_versions()
    assert "Points count 2 times" in Tab("contract", query={"version": "1"}).words
    assert "Points count 1.5 times" in Tab("contract", query={"version": "2"}).words
    assert "Points count" in Tab("contract", query={"version": "<img>"}).words


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", ["contract", "targets", "computed"])
def test_without_a_contract_each_page_says_so(page: str, role: Role) -> None:
    tab = Tab(page, role)
    assert "No contract is loaded yet." in tab.words
    assert ("/import_data" in tab.markup) == (role == "operator")


def test_a_contract_without_fees_and_consequences_is_said_to_have_none() -> None:
    without_money()
    words = Tab("contract").words
    assert "names no fees" in words and "Worked examples" not in words


def test_nothing_of_the_contract_s_texts_is_read_as_markup() -> None:
    source = example_source().replace("en: Scope and term", f'en: "{HOSTILE}"')
    assert source != example_source()
    use_contract(source)
    tab = Tab("contract")
    assert "<img" not in tab.markup and "&lt;img src=x onerror=alert(1)&gt;" in tab.markup


@pytest.mark.parametrize("role", [None, *ROLES])
def test_the_files_of_a_version_are_what_was_loaded(visitor: Visitor, role: Role | None) -> None:
    source = example_source("deduction") + "\n# a remark that only the file has: 备注\n"
    contract = use_contract(source)
    if role is None:
        assert visitor.get("/export/contract/1.yaml").status_code == 401
        return
    visitor.sign_in(role)
    answer = visitor.get("/export/contract/1.yaml")
    assert answer.content == source.encode() and "attachment" in answer.headers["content-disposition"]
    canonical = visitor.get("/export/contract/1.json").content
    assert hashlib.sha256(canonical).hexdigest() == contract.sha256


@pytest.mark.parametrize("name", ["2.yaml", "1.txt", "x.json", "-1.yaml", "1 or 1.yaml"])
def test_a_version_or_kind_that_is_not_there_is_not_found(visitor: Visitor, name: str) -> None:
    use_contract(example_source("deduction"))
    assert visitor.sign_in("mediator").get(f"/export/contract/{name}").status_code == 404


def test_the_example_is_said_to_be_one() -> None:
    use_example()
    assert "example data" in Tab("contract").words
