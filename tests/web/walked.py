"""What must hold of every page: each of its states keeps nobody out, nothing falls off at any zoom, nothing moves or leans on colour.

One page is loaded once and then brought into every state in turn; what is wrong is gathered, so that one walk tells all.
"""

from tests.web.addresses import READY

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


def walk(page, path, axe):
    """Brings a loaded page into every state in turn.

    Args:
        page: The page, loaded at desktop size; its policy must let axe in.
        path: Its address.
        axe: Finds what keeps people out of a part of the page.

    Returns:
        Everything that is wrong, each with the state it was seen in.
    """
    wrong = []

    def see(state, found):
        if found:
            wrong.append((state, found))

    for ending, sign in READY.items():
        if path.endswith(ending):
            page.locator(sign).wait_for()
    page.locator(".notice.working").wait_for(state="detached", timeout=60_000)

    see("as it opens", axe(page))
    see("as it opens, sideways", page.evaluate(OVERFLOWS))
    see("forced colours", _in_forced_colours(page))
    page.emulate_media(reduced_motion="reduce")
    see("reduced motion", page.evaluate(MOVES))
    page.emulate_media(reduced_motion="no-preference")
    for name, opened in _dialogs(page):
        see(name, axe(page, opened))
        page.keyboard.press("Escape")
    unfolded = page.evaluate(
        "[...document.querySelectorAll('details:not([open])')].map(one => { one.open = true }).length"
    )
    if unfolded:
        see("unfolded", axe(page))
        see("unfolded, sideways", page.evaluate(OVERFLOWS))
    for state, width in (("twice as large", 640), ("phone", 390), ("four times as large", 320)):
        page.set_viewport_size({"width": width, "height": 844})
        see(f"{state}, sideways", page.evaluate(OVERFLOWS))
        see(f"{state}, cut off", page.evaluate(CUT_OFF))
        if state == "phone":
            see(state, axe(page))
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
