"""How a page is looked at: light, dark, and on a phone, with axe."""

from axe_playwright_python.sync_playwright import Axe

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}
# off in axe unless asked for: targets of 24 px (WCAG 2.2) and a contrast of 7 to 1
RULES = {"rules": {name: {"enabled": True} for name in ("target-size", "color-contrast-enhanced")}}


def found_by_axe(page, addresses):
    """What axe has against the pages in light and dark, and on a phone: (address, look, rule, element)."""
    return [
        (address, look, each["id"], each["nodes"][0]["target"])
        for address in addresses
        for look in looks(page, address)
        for each in Axe().run(page, options=RULES).response["violations"]
    ]


def looks(page, address):
    """The page opened once, then turned dark, then narrow."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    page.goto(address)
    yield "light"
    page.emulate_media(color_scheme="dark")
    yield "dark"
    page.set_viewport_size(PHONE)
    yield "phone"
