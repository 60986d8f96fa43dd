"""What must hold of every page: each of its states keeps nobody out, nothing falls off at any zoom, nothing moves or leans on colour.

One page is loaded once and then brought into every state in turn; what is wrong is gathered, so that one walk tells all.
The pages of an organisation are walked in one tab, so that what they share is fetched and read once.
"""

from contextlib import contextmanager

from tests.web.addresses import READY
from tests.web.conftest import SIZES

OVERFLOWS = """() => { const too = document.documentElement.scrollWidth - innerWidth
  if (too <= 0) return []
  const out = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  return [too, ...out.filter(one => !out.some(other => other !== one && one.contains(other))).slice(-2).map(one => one.outerHTML.slice(0, 90))] }"""
"""By how many pixels the page goes off the screen, and what sticks out."""

CUT_OFF = """() => [...document.querySelectorAll('main *, header *')].filter(one => {
  if (!one.childNodes.length || one.closest('.heard, [hidden], svg, dialog:not([open]), details:not([open]) > :not(summary)')) return false
  if (![...one.childNodes].some(part => part.nodeType === 3 && part.textContent.trim())) return false
  const style = getComputedStyle(one)
  if (style.clipPath !== 'none' || !['hidden', 'clip'].includes(style.overflowX)) return false
  return one.scrollWidth > one.clientWidth + 2 || one.scrollHeight > one.clientHeight + 4
}).map(one => one.outerHTML.slice(0, 120))"""
"""Text that its own box cuts off."""

MOVES = """() => [...document.querySelectorAll('*')].flatMap(one => ['', '::before', '::after'].map(part => [one, getComputedStyle(one, part || null)]))
  .filter(([, style]) => style.transitionDuration.split(',').some(time => parseFloat(time) > 0.001)
    || (style.animationName !== 'none' && parseFloat(style.animationDuration) > 0.001) || style.scrollBehavior === 'smooth')
  .map(([one]) => one.outerHTML.slice(0, 120))"""
"""What still moves although the visitor asked for stillness."""

UNSEEN = """most => {
  const ringed = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  const every = Math.max(1, Math.floor(all.length / most))
  const found = []
  for (const one of all.filter((_, at) => at % every === 0)) {
    one.focus({focusVisible: true, preventScroll: true})
    if (document.activeElement !== one) continue
    if (!ringed(getComputedStyle(one)) && !ringed(getComputedStyle(one, '::after'))) found.push(one.outerHTML.slice(0, 120))
  }
  document.activeElement?.blur()
  return found
}"""
"""Where focus cannot be seen."""

ONLY_COLOUR = """() => [...document.querySelectorAll('[aria-current], [aria-selected=true], [aria-pressed=true]')].filter(one => {
  if (!one.checkVisibility({visibilityProperty: true})) return false
  const kin = [...(one.closest('ul, ol, tr, nav') ?? document).querySelectorAll(one.tagName)].find(other => !other.matches('[aria-current], [aria-selected=true], [aria-pressed=true]'))
  if (!kin) return false
  const looks = other => { const style = getComputedStyle(other); return [style.borderBottomWidth + style.borderBottomStyle + style.borderBottomColor, style.outlineStyle, style.fontWeight, style.textDecorationLine].join() }
  return looks(one) === looks(kin)
}).map(one => one.outerHTML.slice(0, 120))"""
"""What is selected and, once the system chooses the colours, looks like what is not."""

DIALOGS = "[...document.querySelectorAll('dialog, [popover]')].map(one => one.id).filter(id => !['panel', 'palette'].includes(id))"


class Walker:
    """Who walks the pages of an organisation in one language, one after the other."""

    def __init__(self, page, organisation, language, axe):
        self.page, self.organisation, self.language, self.axe = page, organisation, language, axe
        self.complaints, self.seen = [], set()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def walk(self, path):
        """Opens a page and brings it into every state in turn.

        Returns:
            Everything that is wrong, each with the state it was seen in.
        """
        self.complaints.clear()
        self.page.emulate_media(forced_colors="none", reduced_motion="no-preference")
        width, height = SIZES["desktop"]
        self.page.set_viewport_size({"width": width, "height": height})
        answer = self.page.goto(f"/{self.organisation}/{path}")
        wrong = walked(self.page, path, self.found)
        if answer.status == 404:
            del self.complaints[:1]  # the browser says itself that nothing is there
        assert self.page.evaluate("document.documentElement.lang") == self.language
        return wrong + [("the browser complains", said) for said in self.complaints]

    def found(self, page, part=None):
        """What keeps people out of a page, or of a dialog unless it says the same as one that was looked at."""
        if part:
            said = page.locator(part).evaluate("one => one.outerHTML")
            if said in self.seen:
                return []
            self.seen.add(said)
        return self.axe(page, part)


@contextmanager
def walking(browser, address, organisation, language, axe):
    """A walker in a tab of its own, whose policy lets axe in."""
    with browser.new_context(locale=language, base_url=address, bypass_csp=True) as context:
        yield Walker(context.new_page(), organisation, language, axe)


def walked(page, path, axe):
    """Everything that is wrong with a page that was just loaded at desktop size, each with the state it was seen in.

    What keeps people out is sought twice over the whole page: wide with everything unfolded, and on a phone as it opens.
    """
    wrong = []

    def see(state, found):
        if found:
            wrong.append((state, found))

    for ending, sign in READY.items():
        if path.endswith(ending):
            page.locator(sign).wait_for()
    page.locator(".notice.working").wait_for(state="detached", timeout=60_000)

    see("as it opens, sideways", page.evaluate(OVERFLOWS))
    see("forced colours", _in_forced_colours(page))
    page.emulate_media(reduced_motion="reduce")
    see("reduced motion", page.evaluate(MOVES))
    page.emulate_media(reduced_motion="no-preference")
    for name, opened in _dialogs(page):
        see(name, axe(page, opened))
        page.keyboard.press("Escape")
    folded = page.evaluate_handle(
        "[...document.querySelectorAll('details:not([open])')].map(one => { one.open = true; return one })"
    )
    see("unfolded", axe(page))
    see("unfolded, sideways", page.evaluate(OVERFLOWS))
    for state, width in (("twice as large", 640), ("phone", 390), ("four times as large", 320)):
        page.set_viewport_size({"width": width, "height": 844})
        see(f"{state}, sideways", page.evaluate(OVERFLOWS))
        see(f"{state}, cut off", page.evaluate(CUT_OFF))
        if state == "phone":
            folded.evaluate("all => all.forEach(one => { one.open = false })")
            see(state, axe(page))
            folded.evaluate("all => all.forEach(one => { one.open = true })")
    page.set_viewport_size({"width": 1280, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    see("text twice as large, sideways", page.evaluate(OVERFLOWS))
    see("text twice as large, cut off", page.evaluate(CUT_OFF))
    return wrong


def _in_forced_colours(page):
    page.emulate_media(forced_colors="active")
    found = [*page.evaluate(UNSEEN, 60), *page.evaluate(ONLY_COLOUR)]
    page.emulate_media(forced_colors="none")
    return found


def _dialogs(page):
    """Opens every dialog of a page, one after the other: the panel by a link that leads to it, the palette by its key."""
    links = page.locator("main a[data-panel]:visible")
    if links.count():
        links.first.press("Enter")
        page.locator("#panel[open] form").nth(1).wait_for()
        yield "panel", "#panel"
    if page.locator("#palette").count():
        page.keyboard.press("Control+k")
        page.locator("#palette[open] [role=option]").first.wait_for()
        yield "palette", "#palette"
    for name in page.evaluate(DIALOGS):
        page.evaluate(
            "id => { const one = document.getElementById(id); one.matches('dialog') ? one.showModal() : one.showPopover() }",
            name,
        )
        yield name, f"#{name}"
