// How the text that is written looks. The custom properties come from the page.
export const STYLES = `
.place { position: relative; }
.cm-editor { background: var(--panel); color: var(--ink); border: 1px solid var(--line); border-radius: 6px; font-size: 12.5px; height: 55vh; min-height: 240px; }
.cm-editor.cm-focused { outline: 2px solid var(--accent); outline-offset: 1px; }
.cm-editor .cm-scroller { font-family: ui-monospace, monospace; line-height: 1.45; overflow: auto; border-radius: 6px; }
.cm-editor .cm-content { caret-color: var(--ink); padding: 4px 0; }
.cm-editor .cm-gutters { background: var(--back); color: var(--muted); border-right: 1px solid var(--line); }
.cm-editor .cm-selectionMatch, .cm-editor .cm-searchMatch { background: color-mix(in srgb, var(--paused) 30%, transparent); }
.cm-editor .cm-searchMatch-selected { background: color-mix(in srgb, var(--accent) 40%, transparent); }
.cm-editor .cm-panels { background: var(--back); color: var(--ink); border-bottom: 1px solid var(--line); }
.cm-editor .cm-panels button, .cm-editor .cm-panels input { font: inherit; font-family: system-ui; color: var(--ink); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; min-height: 24px; }
.cm-editor .cm-panel.cm-search { padding-right: 34px; } .cm-editor .cm-panel.cm-search label { display: inline-flex; align-items: center; gap: 4px; margin: 2px 6px 2px 0; font-family: system-ui; font-size: 12.5px; } .cm-editor .cm-panel.cm-search input[type=checkbox] { min-height: 0; margin: 0; } .cm-editor .cm-panel.cm-search button { background-image: none; font-size: 12.5px; }
.cm-editor .cm-panels [name=close] { min-width: 24px; font-size: 16px; }
.of-key { color: var(--accent); } .of-string { color: var(--success); } .of-literal { color: var(--delayed); } .of-comment { color: var(--muted); } .of-expression { color: var(--cancelled); }
.is-wrong, .is-doubtful { text-decoration: underline wavy var(--error); text-decoration-skip-ink: none; text-underline-offset: 3px; } .is-doubtful { text-decoration-color: var(--paused); }
.offers { position: absolute; z-index: 5; list-style: none; margin: 0; padding: 4px; min-width: 200px; max-width: min(460px, 90%); max-height: 220px; overflow: auto; background: var(--panel); color: var(--ink); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 4px 16px #0003; font: 14px/1.45 system-ui, sans-serif; }
.offers li { padding: 3px 8px; border-radius: 5px; cursor: pointer; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.offers [aria-selected=true] { background: var(--hover); outline: 1px solid var(--accent); }
.muted { color: var(--muted); }
`;
