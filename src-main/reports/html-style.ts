import { INKS } from './figures/drawing.ts';
import { DARK, LIGHT, type Palette } from './figures/svg.ts';

const properties = (palette: Palette) => INKS.map((ink) => `--${ink}:${palette[ink]}`).join(';');

/** The page's one style sheet: light and dark by the reader's preference, and plain for paper. */
export const STYLE = `
:root{color-scheme:light dark;${properties(LIGHT)};--page:#f6f7f9;--accent:#0b5394;--tint:#eef3f9;--warn:#8a4b00;--warn-tint:#fff4e0}
@media (prefers-color-scheme:dark){:root{${properties(DARK)};--page:#0d1117;--accent:#7cc4ff;--tint:#1b2430;--warn:#ffc46b;--warn-tint:#2b2213}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
.page{display:grid;grid-template-columns:13rem minmax(0,1fr);gap:2.5rem;max-width:78rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
nav{position:sticky;top:2rem;align-self:start;font-size:.9rem}
nav p{margin:0 0 .5rem;font-weight:600;color:var(--muted)}
nav ol{margin:0;padding:0;list-style:none;counter-reset:toc}
nav li{counter-increment:toc;margin:.1rem 0}
nav a{display:block;padding:.22rem .6rem;border-left:2px solid var(--grid);color:var(--muted);text-decoration:none}
nav a::before{content:counter(toc) "  "}
nav a:hover,nav a:focus-visible{color:var(--text);border-left-color:var(--accent)}
main{min-width:0;background:var(--surface);border:1px solid var(--grid);border-radius:12px;padding:2.5rem 3rem 3rem}
header{border-bottom:1px solid var(--grid);padding-bottom:1.5rem;margin-bottom:1rem}
.kind{margin:0;color:var(--accent);font-weight:600;font-size:.9rem}
h1{margin:.2rem 0 1.2rem;font-size:2.1rem;line-height:1.2;letter-spacing:-.015em;text-wrap:balance}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.8rem 1.5rem;margin:0}
.facts dt{font-size:.8rem;color:var(--muted)}
.facts dd{margin:0;font-weight:500;line-height:1.4}
.abstract{background:var(--tint);border-radius:10px;padding:1.1rem 1.4rem;margin:1.5rem 0}
.abstract h2{margin:0 0 .4rem;padding:0;border:0;font-size:1rem}
.abstract h2::before,.abstract h2{counter-increment:none;content:none}
.abstract ul{margin:0;padding-left:1.15rem}
.abstract li{margin:.25rem 0}
main section{counter-increment:section}
h2{margin:2.6rem 0 .8rem;font-size:1.45rem;line-height:1.25;letter-spacing:-.01em}
section>h2::before{content:counter(section) "  ";color:var(--muted);font-weight:400}
h3{margin:1.8rem 0 .5rem;font-size:1.08rem}
p{margin:.6rem 0;max-width:46rem}
main ul{max-width:46rem}
.note{border-left:4px solid var(--warn);background:var(--warn-tint);color:var(--text);padding:.6rem 1rem;border-radius:0 8px 8px 0;margin:1rem 0;max-width:46rem}
.note b{color:var(--warn)}
figure{margin:1.5rem 0}
.drawings{display:flex;flex-wrap:wrap;gap:1.5rem 2rem;align-items:flex-start}
.drawings svg{flex:0 1 auto;max-width:100%;height:auto}
.drawings.fill svg{flex:1 1 18rem;max-width:26rem;width:100%}
.drawings.wide svg{flex:1 1 100%;max-width:46rem;width:100%}
figcaption,caption{color:var(--muted);font-size:.88rem;line-height:1.45;text-align:left}
figcaption{margin-top:.6rem;max-width:46rem}
caption{caption-side:bottom;padding-top:.5rem}
.scroll{overflow-x:auto;margin:1.3rem 0}
.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
table{border-collapse:collapse;font-size:.9rem;min-width:24rem;line-height:1.4}
th{text-align:left;font-weight:600;vertical-align:bottom;hyphens:none}
th,td{padding:.4rem .9rem .4rem 0}
th:last-child,td:last-child{padding-right:.2rem}
thead th{border-bottom:1.5px solid var(--muted)}
tbody tr{border-bottom:1px solid var(--grid)}
td{vertical-align:top;overflow-wrap:break-word;max-width:26rem}
.n{text-align:right}
td.n,td.cell{white-space:nowrap}
.mark{display:inline-block;width:26px;height:10px;margin-right:.5rem;vertical-align:baseline}
details{margin:.8rem 0}
summary{cursor:pointer;color:var(--accent);font-size:.9rem}
summary:focus-visible,nav a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.matrix th{font-weight:400}
.matrix td,.matrix th{padding:.15rem .5rem;text-align:right}
.matrix td.d{font-weight:700}
.clips{display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:1rem;padding:0;margin:1.2rem 0;list-style:none;max-width:none}
.clips>li{border:1px solid var(--grid);border-radius:10px;padding:.8rem .9rem;display:flex;flex-direction:column;gap:.45rem;break-inside:avoid}
.clips svg.sound{width:100%;height:auto;border-radius:3px}
.clips audio{width:100%;height:34px}
.clips h3{margin:0;font-size:1rem;line-height:1.3}
.clips .where{margin:0;font-size:.8rem;color:var(--muted);line-height:1.35}
.verdicts{margin:0;padding:0;list-style:none;font-size:.86rem;line-height:1.4}
.verdicts li{display:grid;grid-template-columns:26px 3.1rem 1fr;gap:.4rem;align-items:baseline;padding:.12rem 0}
.facts dd,.where,.verdicts{overflow-wrap:anywhere}.verdicts .wrong{color:var(--error)}
.said b{font-weight:600}
pre{background:var(--page);border:1px solid var(--grid);border-radius:8px;padding:.9rem 1.1rem;overflow:auto;max-height:28rem;font:.82rem/1.5 ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace}
pre:focus-visible{outline:2px solid var(--accent)}
footer{margin-top:2.5rem;border-top:1px solid var(--grid);padding-top:1rem;color:var(--muted);font-size:.85rem}
@media (max-width:60rem){.page{grid-template-columns:minmax(0,1fr);gap:1rem;padding:1rem}nav{position:static}main{padding:1.4rem 1.2rem}}
@media print{
:root{${properties(LIGHT)};--page:#fff;--accent:#0b5394;--tint:#f2f5f9;--warn:#8a4b00;--warn-tint:#fff8ec;color-scheme:light}
@page{size:A4;margin:18mm 16mm}
body{font-size:10pt;background:#fff}
.page{display:block;padding:0;max-width:none}
main{border:0;padding:0}
nav,audio,summary{display:none}
.scroll,pre{overflow:visible;max-height:none}
pre{white-space:pre-wrap}
h2,h3{break-after:avoid}
figure,tr,.note{break-inside:avoid}
.clips{grid-template-columns:repeat(3,1fr);gap:.6rem}
}
`.replaceAll('\n', '');
