/**
 * The style of a page. Colours have a contrast of 4.5 and more on their ground, in light and dark; what may be wider than
 * the window scrolls by itself.
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--text:#1f2328;--soft:#57606a;--line:#d8dee4;--ground:#fff;--block:#f6f8fa;--link:#0550ae}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--soft:#9da7b3;--line:#30363d;--ground:#0d1117;--block:#161b22;--link:#79b8ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:2.5rem 1.25rem 4rem;background:var(--ground);color:var(--text);font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
h1,h2,h3{line-height:1.25;margin:0}
h1{font-size:2rem;letter-spacing:-.01em}
h2{font-size:1.375rem}
h3{font-size:1rem;margin-top:1.75rem}
p{margin:.5rem 0 0}
header p,footer,.soft,.label{color:var(--soft)}
header,nav{margin-bottom:1.75rem}
nav ul,.older ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1rem 0 0;padding:0;list-style:none}
section{border-top:1px solid var(--line);padding:1.75rem 0}
summary{cursor:pointer;margin-top:.5rem;color:var(--soft)}
.label{margin:1.25rem 0 .375rem;font-size:.875rem}
code{font:.8125rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre,.table{background:var(--block);border:1px solid var(--line);border-radius:.375rem;overflow-x:auto}
pre{margin:0;padding:.625rem .875rem;overflow-wrap:normal}
.table{margin-top:1rem}
table{width:100%;border-collapse:collapse;font-size:.875rem;overflow-wrap:normal}
caption{padding:.625rem .875rem 0;text-align:left;color:var(--soft)}
th,td{padding:.5rem .875rem;text-align:left;font-weight:400;white-space:nowrap}
thead th{font-weight:600}
tbody tr{border-top:1px solid var(--line)}
.size{text-align:right;font-variant-numeric:tabular-nums}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
footer{border-top:1px solid var(--line);padding-top:1.25rem;font-size:.875rem}
`;
