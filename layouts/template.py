"""The one Plotly template: calm, large text, light horizontal rules, no legend."""

import plotly.graph_objects as go

from layouts import colours

FONT = 'system-ui, -apple-system, "Segoe UI", Arial, sans-serif'
TEXT_SIZE = 15
HOVER_SIZE = 16


def _axis(rules: bool) -> dict[str, object]:
    return {
        "showgrid": rules,
        "gridcolor": colours.GRID,
        "zeroline": rules,
        "zerolinecolor": colours.GRID,
        "zerolinewidth": 1,
        "showline": False,
        "ticks": "",
        "tickangle": 0,
        "tickfont": {"size": TEXT_SIZE, "color": colours.SOFT},
        "fixedrange": True,
        "exponentformat": "B",
        "separatethousands": True,
    }


def _hover_label() -> dict[str, object]:
    return {
        "bgcolor": colours.WHITE,
        "bordercolor": colours.RULE,
        "font": {"size": HOVER_SIZE, "color": colours.INK, "family": FONT},
        "align": "left",
    }


_SPIKE = {
    "automargin": True,
    "spikecolor": colours.SOFT,
    "spikethickness": 1,
    "spikedash": "solid",
    "spikemode": "across",
}

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": TEXT_SIZE, "color": colours.INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(colours.LINES),
        "separators": ".,",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "x unified",
        "hoverlabel": _hover_label(),
        "margin": {"l": 0, "r": 12, "t": 12, "b": 0},
        "xaxis": _axis(rules=False) | _SPIKE | {"ticklabelstandoff": 6},
        "yaxis": _axis(rules=True) | {"automargin": True, "nticks": 6, "ticklabelstandoff": 8},
    }
)
