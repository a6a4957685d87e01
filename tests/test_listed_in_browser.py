"""Lists of several notices, as readers narrow them."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from sitehouse import serve


def test_a_list_of_several_notices_is_narrowed_and_kept_in_its_address(
    many_sites: Path, phone: BrowserContext
) -> None:
    """To a notice, a status and words; and says how many items have it, and how many measures."""
    page = phone.new_page()
    with serve(many_sites) as address:
        page.goto(f"{address}archive/publisher-xuni_ledger/?group=fictional-2020")
        rows = page.locator("li[data-item]:visible")
        expect(rows).to_have_count(3)
        expect(page.locator(".listed h2:visible")).to_have_count(1)
        page.locator(".filter__statuses label", has_text="已完成").click()
        expect(rows).to_have_count(2)
        told = page.locator("[data-filter-count]")
        expect(told).to_have_text("这个范围里2个问题已完成；1条措施已完成")
        page.reload()
        expect(rows).to_have_count(2)
        rows.first.locator("a").click()
        page.wait_for_url("**/notices/fictional-2020/#1-1-1")


def test_a_number_leads_to_the_items_that_it_counts(
    many_sites: Path, phone: BrowserContext
) -> None:
    """From the list of all: the number, then a notice, and there are no others."""
    page = phone.new_page()
    with serve(many_sites) as address:
        page.goto(f"{address}archive/all_measures_completed/")
        page.locator("[data-notice='fictional-2020'] th a").click()
        page.wait_for_url("**/notices/fictional-2020/ledger/?status=completed")
        expect(page.locator("li[data-item]:visible")).to_have_count(2)
