"""Someone who uses the platform: goes to addresses, follows links, presses keys, and reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dash.testing.browser import Browser
from selenium.webdriver import Chrome
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

# Two browsers and their servers may share one processor with others.
PATIENCE = 60
AGE = re.compile(r"just now|\d+ (second|minute)s? ago")
# A page is there when it has its heading, every chart is drawn, and no callback is under way.
IS_THERE = """
const heading = document.querySelector('main:not([data-left]) h1');
const graphs = [...document.querySelectorAll('.dash-graph')];
const state = window.store && window.store.getState();
return Boolean(heading && state) && !state.isLoading && document.readyState === 'complete'
    && graphs.every(graph => graph.querySelector('.main-svg'));
"""
ROWS = """
return [...arguments[0].querySelectorAll('tr')].map(row => [...row.children].map(
    cell => cell.textContent.trim().replace(/\\s+/g, ' ')));
"""


class Visitor:
    """A visitor of the platform at an address, in a browser."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.driver: Chrome = browser.driver
        self.host = address

    def go(self, address: str) -> None:
        """Type an address of this platform, and wait for its page."""
        self.driver.get(self.host + address)
        self.settle()

    def sign_in(self, email: str, password: str, address: str) -> None:
        """Sign in with a password, and wait for the page that one then comes to."""
        self.driver.get(f"{self.host}/sign-in?next={address}")
        self.wait("return Boolean(document.getElementById('password'))")
        self.find("#email").send_keys(email)
        self.find("#password").send_keys(password, Keys.ENTER)
        self.wait(f"return location.pathname === '{address}'")
        self.settle()

    def settle(self) -> None:
        """Wait until the page is there."""
        self.wait(IS_THERE)

    def wait(self, script: str, *given: object) -> Any:
        """Wait until a script's answer is true, and give it."""
        waiting = WebDriverWait(self.driver, PATIENCE, poll_frequency=0.05)
        return waiting.until(lambda driver: driver.execute_script(script, *given), script)

    @contextmanager
    def new_page(self) -> Iterator[None]:
        """What is done inside leads to another page, or to the same one built anew."""
        self.run("document.querySelector('main').dataset.left = 'yes'")
        yield
        self.settle()

    @property
    def address(self) -> str:
        """Where one is, without the host."""
        return str(self.driver.current_url).removeprefix(self.host)

    def run(self, script: str, *given: object) -> Any:
        """What a script in the page answers."""
        return self.driver.execute_script(script, *given)

    def find(self, selector: str) -> WebElement:
        """The first element that matches."""
        return self.driver.find_element("css selector", selector)

    def find_all(self, selector: str) -> list[WebElement]:
        """Every element that matches."""
        found: list[WebElement] = self.driver.find_elements("css selector", selector)
        return found

    def text(self, selector: str) -> str:
        """The words of the first element that matches, as they are seen."""
        return str(self.find(selector).text)

    @property
    def words(self) -> str:
        """The words of the page, without how long ago anything was."""
        return AGE.sub("some time ago", self.text("main"))

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        ActionChains(self.driver).send_keys(*keys).perform()

    def tab_to(self, element: WebElement, most: int = 200) -> None:
        """Reach an element with the Tab key alone."""
        for _ in range(most):
            if self.driver.switch_to.active_element == element:
                return
            self.press(Keys.TAB)
        raise AssertionError(f"Tab does not reach {element.get_attribute('outerHTML')}")

    def follow(self, link: WebElement) -> None:
        """Reach a link with Tab and follow it with Enter."""
        self.tab_to(link)
        with self.new_page():
            self.press(Keys.ENTER)

    def choose(self, selector: str, *keys: str) -> None:
        """Reach a field with Tab and press keys, each of which changes what is shown."""
        self.tab_to(self.find(selector))
        for key in keys:
            with self.new_page():
                self.press(key)

    def fill(self, selector: str, text: str) -> None:
        """Reach a field with Tab, type into it, and leave it."""
        self.tab_to(self.find(selector))
        with self.new_page():
            self.press(text, Keys.TAB)

    def back(self) -> None:
        """The browser's Back button."""
        with self.new_page():
            self.driver.back()

    def reload(self) -> None:
        """The browser's Reload button."""
        self.driver.refresh()
        self.settle()

    def rows(self, selector: str) -> list[list[str]]:
        """The cells of a table, row by row, header first."""
        rows: list[list[str]] = self.run(ROWS, self.find(selector))
        return rows

    def open_all(self) -> None:
        """Open everything that folds."""
        self.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    def links(self) -> set[str]:
        """The addresses of this platform that the page leads to, without the host."""
        hrefs = self.run("return [...document.querySelectorAll('a[href]')].map(a => a.href)")
        return {href.removeprefix(self.host) for href in hrefs if href.startswith(self.host)}
