/** True if a key is meant for the focused element: a field, the editor, a list. */
export function isForField(event: KeyboardEvent): boolean {
  const target = event.target
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true
  if (!(target instanceof Element)) return false
  return (
    target.closest(
      'input:not([type=range]), textarea, select, [contenteditable], [role=textbox], [role=radiogroup], [role=tablist], .monaco-editor, dialog, [popover]',
    ) !== null
  )
}
