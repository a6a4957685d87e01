"""What makes reading easier, in a real browser: size, mode, voice, and one item on paper."""

from __future__ import annotations

import io
import unicodedata
from collections import Counter

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from notices.catalogue.loading import load
from sitehouse import SAMPLE, SAMPLE_ROOT
from windows import choose

# What Chromium writes into a PDF for characters that look the same.
TWINS = str.maketrans("⺠⻅⻓⻔⻘⻚⻛⻬⻰戶―", "民见长门青页风齐龙户—")
NOTICE = f"notices/{SAMPLE}/"
VOICES = """
    const spoken = [];
    window.spoken = spoken;
    const voices = %s;
    Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => voices.map((lang) => ({ lang })),
        speak: (utterance) => spoken.push(utterance),
        cancel: () => { spoken.length = 0; },
        addEventListener: () => {},
    }});
    window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def body_size(page: Page) -> float:
    size: float = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    )
    return size


def smallest(page: Page) -> tuple[float, str]:
    """Return the size of the smallest text that can be seen, and the text."""
    size, text = page.evaluate(
        """() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const found = [];
            while (walker.nextNode()) {
                const { parentElement, data } = walker.currentNode;
                if (data.trim() && parentElement.checkVisibility({ visibilityProperty: true }))
                    found.push([parseFloat(getComputedStyle(parentElement).fontSize), data.trim()]);
            }
            return found.sort(([a], [b]) => a - b)[0];
        }"""
    )
    return size, text


def test_the_mode_for_older_readers_is_large_and_stays(phone: BrowserContext, address: str) -> None:
    page = phone.new_page()
    page.goto(address)
    choose(page, "关怀版")
    assert body_size(page) >= 24, "18 pt"
    page.goto(address + NOTICE)
    expect(page.locator("button[data-elder]")).to_have_attribute("aria-pressed", "true")
    for address_in_mode in (NOTICE, f"{NOTICE}ledger/", f"{NOTICE}documents/", "search/?q=整改"):
        page.goto(address + address_in_mode)
        assert smallest(page) >= (24, "")
    page.goto(address + NOTICE)
    heights = page.eval_on_selector_all(
        ".places a, .top__menu, .facts__actions button",
        "nodes => nodes.map(each => each.offsetHeight)",
    )
    assert min(height for height in heights if height) >= 60
    choose(page, "关怀版")
    page.goto(address)
    assert body_size(page) < 24


def test_the_size_of_the_text_is_chosen_and_stays(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.goto(address)
    sizes = {}
    for name in ("小", "中", "大"):
        choose(page, f"{name}号字")
        sizes[name] = body_size(page)
        page.reload()
        assert body_size(page) == sizes[name]
        button = page.locator(f"button[aria-label={name}号字]")
        expect(button).to_have_attribute("aria-pressed", "true")
    assert sizes["小"] < sizes["中"] < sizes["大"]


def test_what_was_chosen_is_there_before_the_page_shows(
    desktop: BrowserContext, address: str
) -> None:
    """Nothing moves when a later page of the same reader is opened."""
    page = desktop.new_page()
    page.goto(address)
    choose(page, "关怀版")
    page.add_init_script(
        """window.shifted = 0;
        new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) window.shifted += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(address + NOTICE, wait_until="networkidle")
    assert page.evaluate("shifted") < 0.01


@pytest.mark.parametrize(("voices", "offered"), [('["en-US"]', 0), ('["en-US", "zh-CN"]', 31)])
def test_items_are_read_aloud_only_where_a_chinese_voice_is(
    desktop: BrowserContext, address: str, voices: str, offered: int
) -> None:
    page = desktop.new_page()
    page.add_init_script(VOICES % voices)
    page.goto(address + NOTICE)
    assert page.get_by_role("button", name="朗读", exact=True).count() == offered


def test_what_is_read_aloud_is_the_approved_words_of_the_item(
    desktop: BrowserContext, address: str
) -> None:
    page = desktop.new_page()
    page.add_init_script(VOICES % '["zh-CN"]')
    page.goto(address + NOTICE)
    item = page.locator('[id="1-3-2"]')
    item.get_by_role("button", name="朗读").click()
    said = page.evaluate("spoken.map(({ text }) => text).join('')")
    words = item.locator("h5, .measures p").all_text_contents()
    assert "".join(said.split()) == "".join("".join(words).split())
    assert page.evaluate("spoken.every(({ lang }) => lang === 'zh-CN')")
    item.get_by_role("button", name="停止朗读").click()
    assert page.evaluate("spoken.length") == 0
    expect(item.get_by_role("button", name="朗读", exact=True)).to_be_visible()


def test_one_item_is_printed_alone_with_its_headings(desktop: BrowserContext, address: str) -> None:
    page = desktop.new_page()
    page.add_init_script("window.print = () => { window.printing = true; };")
    page.goto(address + NOTICE)
    page.locator('[id="1-3-2"]').get_by_role("button", name="打印").click()
    page.wait_for_function("window.printing")
    page.emulate_media(media="print")
    visible = page.eval_on_selector_all(
        ".narrative section, .narrative > p",
        "nodes => nodes.filter(n => n.checkVisibility()).map(n => n.id)",
    )
    assert visible == ["part-2", "1", "1-3", "1-3-2"]
    assert page.locator("#publisher").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("section.item:visible").count() == 31


def printed(text: str) -> str:
    """Return ``text`` without its spaces, and with one of all characters that look the same."""
    return "".join(unicodedata.normalize("NFKC", text).translate(TWINS).split())


def test_the_printed_notice_is_official_paper_with_the_whole_text(
    desktop: BrowserContext, address: str
) -> None:
    """GB/T 9704-2012: A4, 三号 for the text, a number on every page."""
    page = desktop.new_page()
    page.goto(address + NOTICE)
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    width, height = paper.pages[0].mediabox.width, paper.pages[0].mediabox.height
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    texts = [printed(each.extract_text()) for each in paper.pages]
    for number, text in enumerate(texts, 1):
        assert f"—{number}—" in text
    approved = printed(load(SAMPLE_ROOT)[0].notices[0].approved)
    assert Counter(approved) - Counter("".join(texts)) == Counter(), "no character is lost"
    page.emulate_media(media="print")
    size = "getComputedStyle(document.querySelector('.measures p')).fontSize"
    assert page.evaluate(f"parseFloat({size})") == pytest.approx(16 * 96 / 72, abs=0.1)
