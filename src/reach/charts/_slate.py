"""A figure whose shapes and annotations are taken all at once.

Plotly checks every shape anew each time one is added, so that a hundred of them cost ten thousand checks: most of the time that drawing
a timeline took. Here they wait until somebody looks at the layout.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go  # type: ignore[import-untyped]


class Slate(go.Figure):  # type: ignore[misc]
    """A Plotly figure that is quick to write on. Shapes and annotations name their axes: ``row`` and ``col`` are not taken."""

    # Attributes of the class, since the figure is looked at while it is being made.
    _shapes: tuple[dict[str, Any], ...] = ()
    _annotations: tuple[dict[str, Any], ...] = ()

    def add_shape(self, **shape: Any) -> Slate:
        self._shapes = (*self._shapes, shape)
        return self

    def add_annotation(self, **annotation: Any) -> Slate:
        self._annotations = (*self._annotations, annotation)
        return self

    def __getitem__(self, prop: Any) -> Any:
        if str(prop).startswith("layout"):
            self._settle()
        return super().__getitem__(prop)

    def to_dict(self) -> Any:
        self._settle()
        return super().to_dict()

    def _settle(self) -> None:
        shapes, annotations = self._shapes, self._annotations
        self._shapes = self._annotations = ()
        if shapes:
            self.layout.shapes = (*self.layout.shapes, *shapes)
        if annotations:
            self.layout.annotations = (*self.layout.annotations, *annotations)
