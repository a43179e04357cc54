"""One page of a long list."""

from __future__ import annotations


class Paged:
    """What a page of a list knows of its place in it.

    total: how many there are on all pages. number: this page, from 1. size: how many fit on one.
    """

    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are; 1 when there is nothing."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of this page's first item among all, from 1."""
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        """The place of this page's last item."""
        return min(self.total, self.number * self.size)
