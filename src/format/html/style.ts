/** The style of every page: one column that fits a phone, light and dark, and paper. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c1c1e; --back: #fff; --dim: #5f6368; --line: #d5d8dc; --mark: #ffe27a; --accent: #0b57d0; --sure: #146c2e; --unsure: #8a5300; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e8; --back: #161618; --dim: #a0a4aa; --line: #3a3c40; --mark: #6d5600; --accent: #8ab4f8; --sure: #7fd694; --unsure: #f0b95c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 52rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.75rem 0 .4rem; }
a { color: var(--accent); }
.answered { color: var(--sure); }
.uncertain, .absent, .note { color: var(--unsure); }
.dim, figcaption, footer { color: var(--dim); font-size: .9rem; }
.answer { font-size: 1.15rem; }
blockquote, .excerpt { margin: .5rem 0; padding: .1rem 0 .1rem .9rem; border-left: 3px solid var(--line); }
.excerpt { color: var(--dim); white-space: pre-line; }
mark { background: var(--mark); color: var(--text); }
figure { margin: .75rem 0; }
.page { position: relative; border: 1px solid var(--line); background: #fff; }
.page img, .page svg { display: block; width: 100%; height: auto; }
.page svg { position: absolute; inset: 0; mix-blend-mode: multiply; }
rect { fill: #ffdf5e; }
footer { margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: .75rem; }
@page { margin: 15mm; }
@media print { body { font-size: 10.5pt; } main { max-width: none; padding: 0; } figure, blockquote { break-inside: avoid; } h2, h3, blockquote { break-after: avoid; } .page { width: 72%; } :is(.answered, .uncertain, .absent) ~ h2 + section .page { width: 56%; } .page svg, mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
