/**
 * Colours and lines of charts, part of the style of the agents' pages. Colours were chosen to be told apart by those who
 * see no red or no green, on light and on dark ground; lines differ in their strokes as well.
 */
export const chartStyle = `
:root { --c0: #0b5cad; --c1: #d26a0a; --c2: #0f8a72; --c3: #8452b8; --c4: #a8881c; --c5: #7d8794; --v1: #b4461e; --v2: #dd8f4f; --v3: #8b95a1; --v4: #5b95d0; --v5: #0b5cad }
@media (prefers-color-scheme: dark) {
  :root { --c0: #6cb0f2; --c1: #f29a4a; --c2: #4cc5a8; --c3: #bd96ea; --c4: #d8bd55; --c5: #98a2ae; --v1: #f0845a; --v2: #e9ae7e; --v3: #98a2ae; --v4: #7fb2e6; --v5: #a8d2ff }
}
svg.chart { display: block; overflow: visible; margin: .5rem 0; fill: var(--ink); font-size: .875rem }
svg .tick { fill: var(--quiet); font-size: .8rem; paint-order: stroke; stroke: var(--card); stroke-width: 4; stroke-linejoin: round }
svg .value { font-variant-numeric: tabular-nums; font-weight: 600 }
svg .grid { stroke: var(--line); stroke-width: 1 }
svg .track { fill: var(--ground) }
svg .stroke { stroke-width: 2.5; stroke-linecap: round }
svg .fill.c0 { fill: var(--c0) } svg .fill.c1 { fill: var(--c1) } svg .fill.c2 { fill: var(--c2) }
svg .fill.c3 { fill: var(--c3) } svg .fill.c4 { fill: var(--c4) } svg .fill.c5 { fill: var(--c5) }
svg .fill.v1 { fill: var(--v1) } svg .fill.v2 { fill: var(--v2) } svg .fill.v3 { fill: var(--v3) } svg .fill.v4 { fill: var(--v4) } svg .fill.v5 { fill: var(--v5) }
svg .stroke.c0 { stroke: var(--c0) } svg .stroke.c1 { stroke: var(--c1); stroke-dasharray: 7 4 } svg .stroke.c2 { stroke: var(--c2); stroke-dasharray: 2 4 }
svg .stroke.c3 { stroke: var(--c3); stroke-dasharray: 9 3 2 3 } svg .stroke.c4 { stroke: var(--c4); stroke-dasharray: 4 4 } svg .stroke.c5 { stroke: var(--c5) }
@media (max-width: 30rem) { svg .tick { font-size: .68rem } }
ul.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0; padding: 0; list-style: none; font-size: .9rem }
`
