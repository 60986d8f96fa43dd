"""Render: plain values in, drawings and pages out. Renderers are told; they do not ask."""
