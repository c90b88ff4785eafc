"""A borrower's hands on a phone of 360 × 640: what they tap and type, by the words shown."""

from __future__ import annotations

import secrets
import string
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

AXE = Path(__file__).resolve().parents[2] / "pwa/node_modules/axe-core/axe.min.js"
PASSPHRASE = "纸船 石阶 晚风 麦田"
KINDS = {"call_recording": 0, "chat_screenshot": 1, "message_export": 2, "film": 3, "other": 4}
File = tuple[str, bytes]


class Phone:
    """One page of the client, with everything the browser complained of."""

    def __init__(self, browser: Browser, origin: str, **ways: object) -> None:
        self.complaints: list[str] = []
        self.context: BrowserContext = browser.new_context(
            base_url=origin,
            viewport={"width": 360, "height": 640},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
            **{"locale": "zh-CN", **ways},  # type: ignore[arg-type]
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def sign_up(self) -> str:
        """From the first page to the app; returns the user name."""
        page = self.page
        name = "山" + "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))
        page.goto("/")
        page.get_by_role("button", name="新开一个账号").click()
        page.get_by_label("用户名").fill(name)
        page.locator("#passphrase").fill(PASSPHRASE)
        page.get_by_label("我看过这三份说明").check()
        page.get_by_role("button", name="开账号", exact=True).click()
        page.get_by_role("heading", name="纸上的恢复码").wait_for()
        page.locator("#passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="显示恢复码").click()
        page.get_by_label("我已经抄在纸上").check()
        page.get_by_role("button", name="继续").click()
        self.consent()
        return name

    def sign_in(self, name: str) -> None:
        """With an account that is there, from the first page to the app."""
        page = self.page
        page.goto("/")
        page.get_by_role("button", name="登录").click()
        page.get_by_label("用户名").fill(name)
        page.locator("#passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="登录", exact=True).click()
        page.get_by_role("navigation").wait_for()

    def consent(self) -> None:
        """Agree to the three required purposes, each by its own tick."""
        page = self.page
        page.get_by_role("heading", name="同意事项").wait_for()
        assert page.get_by_role("button", name="同意并开始").is_disabled()
        for tick in page.locator(".card input[type=checkbox]").all()[:3]:
            tick.check()
        page.get_by_role("button", name="同意并开始").click()
        page.get_by_role("navigation").wait_for()

    def bring(self, kind: str, files: Sequence[File]) -> None:
        """The + sheet: the kind, the source, the files."""
        page = self.page
        page.locator(".plus").click()
        page.locator(".sheet .row").nth(KINDS[kind]).click()
        page.get_by_label("我自己参加的通话或聊天").check()
        page.set_input_files(
            "#files",
            files=[
                {"name": name, "mimeType": "application/octet-stream", "buffer": content}
                for name, content in files
            ],
        )

    def keep_everything(self, exports: int) -> None:
        """Each export of several people waits on the collect screen: all of it, by one tap."""
        everything = self.page.get_by_role("button", name="全部留下")
        for left in range(exports, 0, -1):
            expect(everything).to_have_count(left, timeout=120_000)
            everything.first.click()
        expect(everything).to_have_count(0)

    def go(self, place: str) -> None:
        """One of the four places of the bar."""
        self.page.get_by_role("navigation").get_by_role("button", name=place).click()
        self.page.get_by_role("heading", level=1, name=place).wait_for()

    def until_the_timeline_shows(self, what: Locator) -> None:
        """Look at the timeline again until it is there: the worker seals, reads and tags."""
        for _ in range(60):
            self.go("时间线")
            expect(self.page.locator(".busy")).to_have_count(0)
            if what.count():
                return
            self.page.wait_for_timeout(1000)
            self.go("收集")
        raise AssertionError("the timeline never showed it")

    def violations(self) -> list[str]:
        """What axe finds on the page as it stands (WCAG 2 A and AA)."""
        # Not a script tag: the page's policy would refuse it. The debugger's own world may.
        self.page.evaluate(AXE.read_text("utf-8"))
        rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']}"
        found = self.page.evaluate(f"axe.run(document, {rules})")
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def small_targets(self) -> list[str]:
        """Buttons, links and fields that are lower or narrower than 48 px."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll(
                'button, a, select, textarea, label.tick, summary,'
                 + ' input:not([type=checkbox], [type=radio], [type=file])')]
              .filter((one) => one.getClientRects().length > 0)
              .map((one) => [one, one.getBoundingClientRect()])
              .filter(([, box]) => box.height < 47.5 || box.width < 47.5)
              .map(([one, box]) => `${one.textContent || one.id} ${box.width}x${box.height}`)"""
        )

    def close(self) -> None:
        """End the context."""
        self.context.close()
