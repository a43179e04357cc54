"""Every colour the platform uses. The first six are the Government Analysis Function's order."""

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
DARK_PINK = "#801650"
ORANGE = "#F46A25"
DARK_GREY = "#3D3D3D"
LIGHT_PURPLE = "#A285D1"

INK = "#0b0c0c"
SOFT = "#505a5f"
RULE = "#b1b4b6"
GRID = "#dee0e2"
PALE = "#f3f5f6"
BAND = "#d3dfe9"
COMING = "#d3e2f0"
WHITE = "#ffffff"
# Of what a figure rests on, beside the figure itself.
ANSWERS = "#868d92"

LINES = (DARK_BLUE, TURQUOISE, DARK_PINK, ORANGE)
# Of services that are compared, each in a chart of its own, in their order.
SERVICES = (*LINES, DARK_GREY, LIGHT_PURPLE)
MEDIAN = "#767c80"
RATINGS = (DARK_PINK, "#b96a93", "#d0d3d6", "#6f94b5", DARK_BLUE)

TAKE_UP_HIGH = DARK_BLUE
TAKE_UP_GOOD = "#2b6798"
TAKE_UP_MIDDLING = "#4a6f8c"
TAKE_UP_LOW = DARK_PINK
TAKE_UP_UNKNOWN = SOFT


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of '#rrggbb', 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
