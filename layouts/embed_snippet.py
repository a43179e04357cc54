"""What people paste into pages of their own to show an embed: a frame, and what sizes it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

# The script that gives frames of ours the height of what they show; docs/embedding.md.
SIZING_SCRIPT = "/embed.js"
# CSS pixels. Where that script does not run the frame keeps this height and scrolls inside.
HEIGHT = 600


@dataclass(frozen=True)
class Most:
    """The most CSS pixels that a frame may take, whatever the script says; 0 for no limit."""

    width: int = 0
    height: int = 0

    @property
    def style(self) -> str:
        """As the frame's style says it."""
        sides = (("width", self.width), ("height", self.height))
        return "".join(f";max-{side}:{most}px" for side, most in sides if most)


NO_LIMIT = Most()


def embed_snippet(
    root: str, embed: str, title: str, height: int = HEIGHT, most: Most = NO_LIMIT
) -> str:
    """HTML that shows an embed on any page: the frame, then the script that sizes it.

    ``root`` is the platform's address without a slash at its end, ``embed`` an
    ``embed_address``, ``title`` what the frame is called for who cannot see it, ``height`` the
    frame's in CSS pixels until the script knows better. A page with several needs the script once,
    and takes no harm from more.
    """
    frame = (
        f'<iframe src="{escape(root + embed)}" title="{escape(title)}" width="100%" '
        f'height="{height}" style="border:0{most.style}" loading="lazy"></iframe>'
    )
    return f'{frame}\n<script src="{escape(root + SIZING_SCRIPT)}" async></script>'
